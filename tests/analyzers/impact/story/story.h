#pragma once

#include <string>
#include <string_view>

#include "analyzers/graph/context.h"

namespace patchgate::test {

/// A patch and both call graphs, told in lines. `base|` and `head|` in front of a line: on that side only.
///
///     src/a.cpp:3-9 function crm::save        defined there; words behind it: main exported declared
///     tests/t.cpp:5-8 method A_B_Test::TestBody by TEST(A, B)      spelt by a macro
///     outside function curl_easy_perform
///     crm::save -> crm::send                  an edge: call and exact, or as the words behind it say:
///     crm::save -> crm::log virtual possible @12
///     run : make => send                      run passes what make wrote to send; `=> return`: to its own caller
///     run : puts#0 "DELETE" @9                literal argument
///     touch crm::save                         with the kind of change: body, signature, …; removed and added follow
///                                             from the sides
///     file deploy/x.yaml config +3 -1         a changed file of any class
class Story {
 public:
  explicit Story(std::string_view text);
  Story(const Story&) = delete;  // `context` points into it

  Patch patch;
  Graph base, head;
  FanInRanks base_ranks, head_ranks;
  Context context;  ///< points to the above
  Findings findings;

  void run(const Analyzer& analyzer) { analyzer.run(context, findings); }
  TouchedSymbol& touched(std::string_view name);
  /// "name = value" or "name ? why", with " at file:line …" when it has places.
  std::string fact(const char* name) const;

 private:
  struct Told;
  explicit Story(Told told);
};

/// "a -> b -> c"
std::string joined(const std::vector<std::string>& parts, std::string_view by = " -> ");

/// `count` functions that each call `callee`, as lines: prefix0 … in src/<prefix>.cpp.
std::string callers(const std::string& prefix, int count, const std::string& callee);

}  // namespace patchgate::test
