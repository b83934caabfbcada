#include <map>

#include <gtest/gtest.h>

#include "analyzers/sinks/catalogue.h"
#include "fed.h"

namespace patchgate {
namespace {

std::string calls(const std::string& function, const std::string& more = "") {
  return "outside function " + function + "\n src/a.cpp:1 function f\n f -> " + function + "\n touch f\n" + more;
}

std::string exact(const std::string& kind, const std::string& function) {
  return kind + " call exact: f -> " + function;
}
std::string possible(const std::string& kind, const std::string& function) {
  return kind + " call possible: f -> " + function;
}

struct LibraryCase {
  const char* name;
  std::string story;
  std::string expected;
};

class Library : public testing::TestWithParam<LibraryCase> {};

TEST_P(Library, Feeds) { EXPECT_EQ(fed(GetParam().story), GetParam().expected) << GetParam().story; }

const LibraryCase kLibraries[] = {
    {"MySqlWrites", calls("mysql_query", "f : mysql_query#1 \"UPDATE t SET a = 1\""),
     exact("sql_write", "mysql_query")},
    {"MySqlReads", calls("mysql_real_query", "f : mysql_real_query#1 \"SELECT 1\""), ""},
    {"MySqlUnknownText", calls("mysql_real_query"), possible("sql_write", "mysql_real_query")},
    {"MariaDbWithoutWaiting", calls("mysql_query_start", "f : mysql_query_start#2 \"DELETE FROM t\""),
     exact("sql_write", "mysql_query_start")},
    {"MySqlPrepared",
     calls("mysql_stmt_execute", "outside function mysql_stmt_prepare\n f : mysql_stmt_prepare#1 \"DELETE FROM t\""),
     exact("sql_write", "mysql_stmt_execute")},
    {"OdbcWrites", calls("SQLExecDirect", "f : SQLExecDirect#1 \"INSERT INTO t VALUES (1)\""),
     exact("sql_write", "SQLExecDirect")},
    {"OdbcPreparedReads", calls("SQLExecute", "outside function SQLPrepare\n f : SQLPrepare#1 \"SELECT a FROM t\""),
     ""},
    {"OdbcRows", calls("SQLBulkOperations"), exact("sql_write", "SQLBulkOperations")},
    {"PqxxWrites", calls("pqxx::transaction_base::exec", "f : pqxx::transaction_base::exec#0 \"DROP TABLE t\""),
     exact("sql_write", "pqxx::transaction_base::exec")},
    {"QtSqlPrepared",
     calls("QSqlQuery::exec", "outside method QSqlQuery::prepare\n f : QSqlQuery::prepare#0 \"DELETE FROM t\""),
     exact("sql_write", "QSqlQuery::exec")},
    {"RedisWrites", calls("redisCommand", "f : redisCommand#1 \"SET %s %b\""), exact("kv_write", "redisCommand")},
    {"RedisWritesInSmallLetters", calls("redisCommand", "f : redisCommand#1 \"del %s\""),
     exact("kv_write", "redisCommand")},
    {"RedisReads", calls("redisCommand", "f : redisCommand#1 \"HGETALL %s\""), ""},
    {"RedisReadsAndWrites",
     calls("redisCommand", "f : redisCommand#1 \"GET a\" @3\n f : redisCommand#1 \"FLUSHALL\" @4"),
     exact("kv_write", "redisCommand")},
    {"RedisUnknownCommand", calls("redisCommand", "f : redisCommand#1 \"%s %s\""),
     possible("kv_write", "redisCommand")},
    {"RedisWithoutWaiting", calls("redisAsyncCommand", "f : redisAsyncCommand#3 \"EXPIRE a 1\""),
     exact("kv_write", "redisAsyncCommand")},
    {"RedisOfAnArray", calls("redisCommandArgv"), possible("kv_write", "redisCommandArgv")},
    {"RocksDb", calls("rocksdb::DB::DeleteRange"), exact("kv_write", "rocksdb::DB::DeleteRange")},
    {"RocksDbReads", calls("rocksdb::DB::Get"), ""},
    {"LevelDb", calls("leveldb_write"), exact("kv_write", "leveldb_write")},
    {"Lmdb", calls("mdb_del"), exact("kv_write", "mdb_del")},
    {"Memcached", calls("memcached_delete"), exact("kv_write", "memcached_delete")},
    {"MongoC", calls("mongoc_collection_delete_many"), exact("document_write", "mongoc_collection_delete_many")},
    {"MongoCReads", calls("mongoc_collection_find_with_opts"), ""},
    {"MongoCxxOfAnyVersion", calls("mongocxx::v_noabi::collection::update_many"),
     exact("document_write", "mongocxx::v_noabi::collection::update_many")},
    {"Httplib", calls("httplib::Client::Delete"), exact("http_write", "httplib::Client::Delete")},
    {"HttplibReads", calls("httplib::Client::Get"), ""},
    {"Cpr", calls("cpr::Patch"), exact("http_write", "cpr::Patch")},
    {"QtHttp", calls("QNetworkAccessManager::put"), exact("http_write", "QNetworkAccessManager::put")},
    {"PocoPosts",
     calls("Poco::Net::HTTPClientSession::sendRequest",
           "outside variable Poco::Net::HTTPRequest::HTTP_PUT\n f -> Poco::Net::HTTPRequest::HTTP_PUT read"),
     exact("http_write", "Poco::Net::HTTPClientSession::sendRequest")},
    {"PocoGets",
     calls("Poco::Net::HTTPClientSession::sendRequest",
           "outside variable Poco::Net::HTTPRequest::HTTP_GET\n f -> Poco::Net::HTTPRequest::HTTP_GET read"),
     ""},
    {"GrpcStub", calls("crm::Users::Stub::DeleteUser"), exact("rpc_write", "crm::Users::Stub::DeleteUser")},
    {"GrpcInterface", calls("crm::Users::StubInterface::AsyncUpdateUser"),
     exact("rpc_write", "crm::Users::StubInterface::AsyncUpdateUser")},
    {"GrpcReads", calls("crm::Users::Stub::GetUser"), ""},
    {"GrpcNoStub", calls("crm::Users::DeleteUser"), ""},
    {"Kafka", calls("rd_kafka_producev"), exact("queue_send", "rd_kafka_producev")},
    {"KafkaCpp", calls("RdKafka::Producer::produce"), exact("queue_send", "RdKafka::Producer::produce")},
    {"Amqp", calls("amqp_queue_purge"), exact("queue_send", "amqp_queue_purge")},
    {"ZeroMq", calls("zmq_msg_send"), exact("queue_send", "zmq_msg_send")},
    {"Nats", calls("js_Publish"), exact("queue_send", "js_Publish")},
    {"Mqtt", calls("mosquitto_publish"), exact("queue_send", "mosquitto_publish")},
    {"Sqs", calls("Aws::SQS::SQSClient::SendMessage"), exact("queue_send", "Aws::SQS::SQSClient::SendMessage")},
    {"S3", calls("Aws::S3::S3Client::DeleteObject"), exact("object_write", "Aws::S3::S3Client::DeleteObject")},
    {"BoostFiles", calls("boost::filesystem::remove_all"), exact("file_remove", "boost::filesystem::remove_all")},
    {"QtFiles", calls("QFile::remove"), exact("file_remove", "QFile::remove")},
    // Known limits.
    {"FN_stubs_that_the_repository_holds",
     "gen/users.grpc.pb.cc:3-9 method crm::Users::Stub::DeleteUser\n src/a.cpp:1 function f\n"
     "f -> crm::Users::Stub::DeleteUser\n touch f",
     ""},
    {"FN_a_method_whose_name_hides_it", calls("crm::Users::Stub::Process"), ""},
    {"FP_a_method_whose_name_says_too_much", calls("crm::Users::Stub::SetOfUsers"),
     exact("rpc_write", "crm::Users::Stub::SetOfUsers")},
};

INSTANTIATE_TEST_SUITE_P(Sinks, Library, testing::ValuesIn(kLibraries),
                         [](const auto& one) { return std::string(one.param.name); });

/// A name that is misspelt, or that another group's condition hides, would never show.
TEST(Library, EveryFunctionOfTheCatalogueCanBeASink) {
  const auto catalogue = parse_sink_catalogue("built-in", builtin_sink_catalogue());
  ASSERT_TRUE(catalogue);
  std::map<std::string, int> times;
  for (const SinkGroup& group : catalogue->groups) {
    for (const std::string& function : group.functions) {
      ++times[function];
      std::string name = function;
      for (auto star = name.find('*'); star != std::string::npos; star = name.find('*')) name.replace(star, 1, "x");
      std::string more;
      if (const auto* option = std::get_if<OptionSet>(&group.when)) {
        more = "outside function " + option->set_by.front() + "\n f : " + option->set_by.front() + "#" +
               std::to_string(option->argument) + " \"" + option->any.front() + "\"";
      }
      EXPECT_NE(fed(calls(name, more)), "") << function;
    }
  }
  for (const auto& [function, count] : times) EXPECT_EQ(count, 1) << function << " is named twice";
}

TEST(Audits, HoldForAKindOrForFunctionsOnTheWay) {
  const auto unaudited = [](const std::string& audits) {
    test::Story story(
        "outside function unlink\n outside function PQputCopyData\n src/a.cpp:1 function f\n src/b.cpp:2 function "
        "crm::store\n"
        "f -> unlink @7\n f -> crm::store\n crm::store -> PQputCopyData @9\n touch f");
    story.context.sink_catalogues = {
        {"built-in sinks", std::string(builtin_sink_catalogue())},
        {".patchgate/sinks.json", R"({"sinks": 1, "groups": [], "audits": [)" + audits + "]}"}};
    story.run(sinks_feeds);
    std::string told = story.fact("sinks.unaudited.count");
    for (const FedSink& sink : story.findings.touched.front().sinks)
      told += "\n" + sink.name + " at " + sink.at.file + ":" + std::to_string(sink.at.line) + " " + sink.audit;
    return told;
  };
  EXPECT_EQ(unaudited(""),
            "sinks.unaudited.count = 2 at src/a.cpp:1\nunlink at src/a.cpp:7 \nPQputCopyData at src/b.cpp:9 ");
  EXPECT_EQ(
      unaudited(R"({"kind": "sql_write", "source": "audit.rows"})"),
      "sinks.unaudited.count = 1 at src/a.cpp:1\nunlink at src/a.cpp:7 \nPQputCopyData at src/b.cpp:9 audit.rows");
  EXPECT_EQ(unaudited(R"({"functions": ["crm::*", "unlink"], "source": "history"})"),
            "sinks.unaudited.count = 0\nunlink at src/a.cpp:7 history\nPQputCopyData at src/b.cpp:9 history");
  EXPECT_EQ(unaudited(R"({"kind": "sql_write", "functions": ["other"], "source": "x"})"),
            "sinks.unaudited.count = 2 at src/a.cpp:1\nunlink at src/a.cpp:7 \nPQputCopyData at src/b.cpp:9 ");
}

}  // namespace
}  // namespace patchgate
