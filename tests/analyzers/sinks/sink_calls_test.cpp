#include <gtest/gtest.h>

#include "fed.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string story;
  const char* expected;
};

const std::string kCurl =
    "outside function curl_easy_setopt\n outside function curl_easy_perform\n src/a.cpp:1 function f\n"
    "f -> curl_easy_perform\n touch f\n";
const std::string kSetter = "src/a.cpp:5 function setup\n setup -> curl_easy_setopt\n";

const Case kHttpCases[] = {
    {"no option anywhere: only reads", kCurl, ""},
    {"an option that changes nothing", kCurl + "f : curl_easy_setopt#1 \"CURLOPT_URL\"", ""},
    {"post in the same function", kCurl + "f : curl_easy_setopt#1 \"CURLOPT_POSTFIELDS\"",
     "http_write call exact: f -> curl_easy_perform"},
    {"method PUT", kCurl + "f : curl_easy_setopt#1 \"CURLOPT_CUSTOMREQUEST\" @3\n f : curl_easy_setopt#2 \"PUT\" @3",
     "http_write call exact: f -> curl_easy_perform"},
    {"method GET", kCurl + "f : curl_easy_setopt#1 \"CURLOPT_CUSTOMREQUEST\" @3\n f : curl_easy_setopt#2 \"GET\" @3",
     ""},
    {"the text of another line is not the method",
     kCurl + "f : curl_easy_setopt#1 \"CURLOPT_CUSTOMREQUEST\" @3\n f : curl_easy_setopt#2 \"GET\" @3\n"
             "f : curl_easy_setopt#1 \"CURLOPT_USERAGENT\" @4\n f : curl_easy_setopt#2 \"PUT\" @4",
     ""},
    {"a method that cannot be read", kCurl + "f : curl_easy_setopt#1 \"CURLOPT_CUSTOMREQUEST\" @3",
     "http_write call possible: f -> curl_easy_perform"},
    {"set by a function that it calls", kCurl + kSetter + "f -> setup\n setup : curl_easy_setopt#1 \"CURLOPT_POST\"",
     "http_write call exact: f -> curl_easy_perform"},
    {"set by a function that calls it", kCurl + kSetter + "setup -> f\n setup : curl_easy_setopt#1 \"CURLOPT_POST\"",
     "http_write call exact: f -> curl_easy_perform"},
    {"set elsewhere", kCurl + kSetter + "setup : curl_easy_setopt#1 \"CURLOPT_POST\"",
     "http_write call possible: f -> curl_easy_perform"},
    {"the setter is wrapped in a macro: the option is only used",
     kCurl + "outside enumerator CURLOPT_UPLOAD\n f -> CURLOPT_UPLOAD read",
     "http_write call exact: f -> curl_easy_perform"},
    {"likewise elsewhere", kCurl + kSetter + "outside enumerator CURLOPT_UPLOAD\n setup -> CURLOPT_UPLOAD read",
     "http_write call possible: f -> curl_easy_perform"},
};

TEST(SinkCalls, Http) {
  for (const Case& c : kHttpCases) EXPECT_EQ(fed(c.story), c.expected) << c.name;
}

std::string calls(const std::string& function, const std::string& more = "") {
  return "outside function " + function + "\n src/a.cpp:1 function f\n f -> " + function + "\n touch f\n" + more;
}

const Case kSqlCases[] = {
    {"exec that writes", calls("sqlite3_exec", "f : sqlite3_exec#1 \"DELETE FROM t\""),
     "sql_write call exact: f -> sqlite3_exec"},
    {"exec that reads", calls("sqlite3_exec", "f : sqlite3_exec#1 \"PRAGMA table_info(t)\""), ""},
    {"exec of both", calls("sqlite3_exec", "f : sqlite3_exec#1 \"SELECT 1\"\n f : sqlite3_exec#1 \"UPDATE t SET a=1\""),
     "sql_write call exact: f -> sqlite3_exec"},
    {"exec of a text that cannot be read", calls("sqlite3_exec"), "sql_write call possible: f -> sqlite3_exec"},
    {"step of what was prepared to write",
     calls("sqlite3_step",
           "outside function sqlite3_prepare_v2\n f : sqlite3_prepare_v2#1 \"INSERT INTO t VALUES(?)\""),
     "sql_write call exact: f -> sqlite3_step"},
    {"step of what was prepared to read",
     calls("sqlite3_step", "outside function sqlite3_prepare_v2\n f : sqlite3_prepare_v2#1 \"SELECT a FROM t\""), ""},
    {"prepared by the caller",
     calls("sqlite3_step",
           "outside function sqlite3_prepare_v2\n src/a.cpp:9 function g\n g -> f\n g : sqlite3_prepare_v2#1 \"DROP "
           "TABLE t\""),
     "sql_write call exact: f -> sqlite3_step"},
    {"preparing alone runs nothing", calls("sqlite3_prepare_v2", "f : sqlite3_prepare_v2#1 \"DELETE FROM t\""), ""},
    {"PostgreSQL", calls("PQexecParams", "f : PQexecParams#1 \"UPDATE t SET a = $1\""),
     "sql_write call exact: f -> PQexecParams"},
    {"PostgreSQL, prepared", calls("PQexecPrepared", "outside function PQprepare\n f : PQprepare#2 \"DELETE FROM t\""),
     "sql_write call exact: f -> PQexecPrepared"},
};

TEST(SinkCalls, Sql) {
  for (const Case& c : kSqlCases) EXPECT_EQ(fed(c.story), c.expected) << c.name;
}

const Case kFileCases[] = {
    {"unlink", calls("unlink"), "file_remove call exact: f -> unlink"},
    {"opened for writing", calls("fopen", "f : fopen#1 \"wb\""), "file_write call exact: f -> fopen"},
    {"opened to change", calls("fopen", "f : fopen#1 \"r+\""), "file_write call exact: f -> fopen"},
    {"opened for reading", calls("fopen", "f : fopen#1 \"rb\""), ""},
    {"opened to append", calls("fopen", "f : fopen#1 \"a\""), ""},
    {"opened, the mode is not known", calls("fopen"), "file_write call possible: f -> fopen"},
    {"a descriptor for writing", calls("open", "f : open#1 \"O_WRONLY | O_CREAT\""),
     "file_write call exact: f -> open"},
    {"a descriptor for reading", calls("open", "f : open#1 \"O_RDONLY | O_CLOEXEC\""), ""},
    {"one of each", calls("open", "f : open#1 \"O_RDONLY\" @3\n f : open#1 \"O_RDWR\" @4"),
     "file_write call exact: f -> open"},
    {"a descriptor below a folder", calls("openat", "f : openat#2 \"O_RDWR\""), "file_write call exact: f -> openat"},
    {"a descriptor, flags not known", calls("open"), "file_write call possible: f -> open"},
    {"a stream",
     "outside constructor std::basic_ofstream::basic_ofstream\n src/a.cpp:1 function f\n"
     "f -> std::basic_ofstream::basic_ofstream construct\n touch f",
     "file_write call exact: f -> std::basic_ofstream::basic_ofstream"},
    {"std::filesystem of any standard library", calls("std::__1::__fs::filesystem::remove_all"),
     "file_remove call exact: f -> std::__1::__fs::filesystem::remove_all"},
    {"only declared by the project",
     "src/os.h:3 function unlink declared\n src/a.cpp:1 function f\n f -> unlink\n touch f",
     "file_remove call exact: f -> unlink"},
    {"defined by the project: its own business",
     "src/os.c:3-5 function unlink\n src/a.cpp:1 function f\n f -> unlink\n touch f", ""},
    {"a method of the same last name is another function", calls("Cache::remove"), ""},
    {"the algorithm std::remove is no file", calls("std::remove"), ""},
    {"a variable of that name", "outside variable remove\n src/a.cpp:1 function f\n f -> remove read\n touch f", ""},
    {"an address is only possible", "outside function unlink\n src/a.cpp:1 function f\n f -> unlink address\n touch f",
     "file_remove call possible: f -> unlink"},
};

TEST(SinkCalls, Files) {
  for (const Case& c : kFileCases) EXPECT_EQ(fed(c.story), c.expected) << c.name;
}

}  // namespace
}  // namespace patchgate
