#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/schema_fields.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

std::string said(Story& story) {
  story.run(recovery_formats);
  std::string text;
  for (const auto& one : story.findings.irreversible) {
    text += (text.empty() ? "" : "\n") + one.what + " @" + one.at.file + ":" + std::to_string(one.at.line);
  }
  return text;
}

struct Case {
  const char* name;
  const char* path;
  const char* base;
  const char* head;
  const char* expected;
};

const Case kFiles[] = {
    {"proto: a field is added", "a.proto", "message A { string a = 1; }", "message A { string a = 1; int32 b = 2; }",
     ""},
    {"proto: a comment and a blank", "a.proto", "message A { string a = 1; }",
     "// why\nmessage A {\n  string a = 1;  /* = 7; */\n}", ""},
    {"proto: a field is removed", "a.proto", "message A { string a = 1; int32 b = 2; }", "message A { string a = 1; }",
     "field A.b is removed and its number is free to be reused @a.proto:0"},
    {"proto: removed and reserved", "a.proto", "message A { string a = 1; int32 b = 2; }",
     "message A { string a = 1; reserved 2, 9 to 11; reserved \"b\"; }", "field A.b is removed @a.proto:0"},
    {"proto: renumbered", "a.proto", "message A { string a = 1; }", "message A {\n string a = 2; }",
     "field A.a is renumbered from 1 to 2 @a.proto:2"},
    {"proto: renamed only", "a.proto", "message A { string a = 1; }", "message A { string b = 1; }", ""},
    {"proto: another takes its number", "a.proto", "message A { string a = 1; }", "message A { bytes b = 1; }",
     "field A.a: its number 1 is now b @a.proto:1"},
    {"proto: another type", "a.proto", "message A { repeated int32 a = 1; }", "message A { int32 a = 1; }",
     "field A.a changes from repeated int32 to int32 @a.proto:1"},
    {"proto: nested, oneof, options", "a.proto",
     "package x; message A { option (o) = 1; message B { oneof v { string s = 3 [deprecated = true]; } } enum E { Z = "
     "0; } }",
     "package x; message A { message B { oneof v { string s = 4; } } }",
     "field A.B.s is renumbered from 3 to 4 @a.proto:1"},
    {"proto: the file goes", "a.proto", "message A { string a = 1; }", "",
     "field A.a is removed and its number is free to be reused @a.proto:0"},
    {"proto: no schema at all", "a.proto", "{{{ ; = 1", "\xff\x00}", ""},
    {"thrift: renumbered", "a.thrift", "struct A {\n 1: required string a, # x\n 2: map<string, i32> b = {}\n}",
     "struct A {\n 1: required string a,\n 3: map<string, i32> b\n}",
     "field A.b is renumbered from 2 to 3 @a.thrift:3"},
    {"flatbuffers: one goes in between", "a.fbs", "table A { a:int; b:string; c:int = 3; }",
     "table A { a:int; c:int; }",
     "field A.b: its number 1 is now c @a.fbs:1\nfield A.c is renumbered from 2 to 1 @a.fbs:1"},
    {"flatbuffers: with ids the order is free", "a.fbs", "table A { a:int (id: 0); b:string (id: 1); }",
     "table A { b:string (id: 1); a:int (id: 0); }", ""},
    {"avro: a field is removed, one changes", "a.avsc",
     R"({"type":"record","name":"A","fields":[{"name":"a","type":"int"},{"name":"b","type":["null","int"]}]})",
     R"({"type":"record","name":"A","fields":[{"name":"a","type":"string"}]})",
     "field A.a changes from int to string @a.avsc:1\nfield A.b is removed @a.avsc:0"},
};

TEST(RecoveryFormats, OfSchemaFiles) {
  for (const Case& c : kFiles) {
    Story story(std::string("file ") + c.path + " +1 -1");
    story.context.way_back.formats = {{c.path, c.base, c.head}};
    EXPECT_EQ(said(story), c.expected) << c.name;
  }
}

const char* const kType =
    "file src/a.h +1 -1\n src/a.h:3-9 type shop::Record\n src/a.c:4-8 function save\n touch shop::Record layout";

struct BodyCase {
  const char* name;
  const char* text;
  bool found;
};

const BodyCase kBodies[] = {
    {"written whole", "{ fwrite(&r, sizeof(struct Record), 1, f); }", true},
    {"with a scope", "{ write(fd, &r, sizeof(shop::Record)); }", true},
    {"without parentheses", "{ memcpy(to, &r, sizeof (Record)); }", true},
    {"times a number", "{ n = pread(fd, p, (count + 1) * sizeof(Record), at); }", true},
    {"measured only", "{ size_t n = sizeof(Record); }", false},
    {"memory", "{ p = malloc(sizeof(Record)); }", false},
    {"another type", "{ fwrite(&r, sizeof(RecordList), 1, f); }", false},
    {"FN_sizeof_a_variable", "{ fwrite(&r, sizeof r, 1, f); }", false},
    {"FP_a_copy_in_memory", "{ memcpy(&mine, yours, sizeof(Record)); }", true},
};

TEST(RecoveryFormats, TypesThatAreMovedAsBytes) {
  for (const BodyCase& c : kBodies) {
    Story story(kType);
    story.context.way_back.bodies = {{"save", {"src/a.c", 4, 0}, BodyText::Relation::caller, c.text}};
    EXPECT_EQ(said(story), c.found ? "the layout of shop::Record changes, and save (src/a.c:4) writes or reads it as "
                                     "bytes @src/a.h:3"
                                   : "")
        << c.name;
  }
}

TEST(RecoveryFormats, ConstantsThatNameAFormat) {
  for (const auto& [name, found] :
       {std::pair("RDB_VERSION", true), std::pair("kSchemaVersion", true), std::pair("FILE_MAGIC", true),
        std::pair("VERSION", false), std::pair("PRODUCT_VERSION", false), std::pair("kRetries", false)}) {
    Story story(std::string("file src/a.h +1 -1\n src/a.h:3 macro ") + name + "\n touch " + name + " value");
    EXPECT_EQ(said(story), found ? std::string("the constant ") + name + " names another format @src/a.h:3" : "")
        << name;
  }
}

}  // namespace
}  // namespace patchgate
