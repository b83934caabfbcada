#include "collect_driver.h"

namespace patchgate {
namespace {

class BlindSpots : public testing::TestWithParam<Case> {};

TEST_P(BlindSpots, AreData) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(blind_spots(facts) + edges(facts, "call address"), plain(GetParam().want));
}

const Case kCases[] = {
    {"assembler_that_names_what_it_calls", R"(
     extern "C" void leave(int);
     extern "C" int state;
     void go(int x) {
       asm volatile("push %0\n call leave\n mov state, %%eax" : : "r"(x) : "memory");
     }
     )",
     R"(
     go: assembler @4
     go -address?name-> state @4
     go -call?name-> leave @4
     )"},
    {"a_barrier_is_none", "void go() { asm volatile(\"\" ::: \"memory\"); asm(\" ;\"); }", ""},
    {"what_is_handed_to_assembler", R"(
     extern "C" void leave(int);
     void go() { asm volatile("call *%0" : : "r"(&leave)); }
     )",
     R"(
     go: assembler @2
     go -address-> leave @2
     )"},
    {"registers_and_numbers_are_no_names", R"(
     int eax(); int nop; int x1;
     void go() { asm("mov %%eax, %[nop]\n 1: nop 5x1" : : [nop] "r"(0)); }
     )",
     R"(
     go: assembler @2
     go -address?name-> nop @2
     )"},
    {"at_file_scope", R"(
     asm(".globl start\nstart: jmp main");
     asm("");
     )",
     "(a.cpp): assembler @1"},
    {"in_a_template_it_counts_once", R"(
     template <class T> void go(T) { asm("nop"); }
     void use() { go(1); go('c'); }
     )",
     R"(
     go: assembler @1
     use -call-> go @2
     )"},
    {"dependent_calls_without_an_instance", R"(
     namespace lib { int visit(int); struct Deep { int n; }; }
     template <class T> struct Walk {
       void run(T t) {
         t.step();
         visit(t);
         lib::visit(t);
         T::make();
         t.maker()();
         t + t;
       }
     };
     )",
     R"(
     Walk::run: dependent call @8
     Walk::run: dependent call make @7
     Walk::run: dependent call maker @8
     Walk::run: dependent call step @4
     Walk::run: dependent call visit @5
     Walk::run -call?possible-> lib::visit @6
     )"},
    {"with_an_instance_there_is_an_edge", R"(
     struct A { void step(); };
     template <class T> void run(T t) { t.step(); }
     void use() { run(A()); }
     )",
     R"(
     run -call-> A::step @2
     use -call-> run @3
     )"},
    {"names_made_at_run_time", R"(
     extern "C" void* dlopen(const char*, int);
     extern "C" void* dlsym(void*, const char*);
     void go(const char* name) {
       void* code = dlopen(name, 1);
       dlsym(code, name);
       dlsym(code, "fee");
     }
     )",
     R"(
     go: loaded code dlopen @4
     go: lookup by name dlsym @5
     go -call-> dlopen @4
     go -call-> dlsym @5
     )"},
};

INSTANTIATE_TEST_SUITE_P(Cases, BlindSpots, testing::ValuesIn(kCases), name_of_case);

std::string templates_with_instances(const UnitFacts& facts) {
  std::string names;
  for (const auto& file : facts.files) {
    for (const auto& symbol : file.symbols) {
      if (symbol.has(UnitSymbol::has_instance)) names += file.path + " " + symbol.name + "\n";
    }
  }
  return names;
}

TEST(BlindSpots, AFileSaysOfItsOwnTemplatesAloneThatTheyHaveInstances) {
  const auto facts = parse({.text = R"(
     #include "run.h"
     struct A { void step(); };
     template <class T> void here(T t) { t.step(); }
     template <class T> void never(T t) { t.step(); }
     void use() { run(A()); here(A()); }
     //// run.h
     template <class T> void run(T t) { t.step(); }
     )"});
  EXPECT_EQ(templates_with_instances(facts), "a.cpp here\nrun.h run\n");
}

}  // namespace
}  // namespace patchgate
