#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

// What test runs left behind, as their files say it, and what was made of it. All of it is claimed by whoever made the
// files.

/// A line that the compiler made code for, and how often that ran.
struct CoverageLine {
  std::uint32_t line = 0;  ///< from 1
  std::uint64_t count = 0;
  std::uint32_t branches = 0, branches_taken = 0;  ///< 0: the format has none there
  std::string checksum{};                          ///< of the line's text (lcov: MD5 in base64); mostly empty
  friend bool operator==(const CoverageLine&, const CoverageLine&) = default;
};

struct CoverageFunction {
  std::string name;                        ///< as the format spells it, mangled or not
  std::uint32_t first = 0, last_line = 0;  ///< 0 = not told
  friend bool operator==(const CoverageFunction&, const CoverageFunction&) = default;
};

/// What one coverage file says about one file of head.
struct FileCoverage {
  std::string path;                         ///< of the tree
  std::vector<CoverageLine> lines;          ///< rising, distinct
  std::vector<CoverageFunction> functions;  ///< sorted by (first, name)
  std::string unusable{};                   ///< why it says nothing: ambiguous path, lines that the file does not have
};

/// One file given with --coverage.
struct CoverageInput {
  std::string name;                 ///< as a report calls it
  std::string format;               ///< "lcov", "Cobertura", "gcov JSON", "llvm-cov JSON"; empty = not recognised
  std::string unusable{};           ///< why nothing of it counts; empty = it is whole
  bool commit_proven = false;       ///< something beside or in it names the commit of head
  std::vector<FileCoverage> files;  ///< those that were asked for, by path
};

enum class TestOutcome { passed, failed, skipped, flaky };

/// One test of one run. `suite` and `name` as the file spells them: together what makes it the same in another run.
struct TestRun {
  std::string suite, name;
  TestOutcome outcome = TestOutcome::passed;
  std::uint32_t line = 0;  ///< in the JUnit file
  friend bool operator==(const TestRun&, const TestRun&) = default;
};

/// One file given with --junit or --junit-at-base.
struct TestRunInput {
  std::string name;
  std::string unusable{};
  std::vector<TestRun> runs;
};

/// A changed file's text on both sides. Empty where it is not on that side.
struct ChangedText {
  std::string path, base_path;
  std::string base, head;
};

/// All that was opened for the analyzers of tests.
struct TestEvidenceInputs {
  std::vector<CoverageInput> coverage;
  std::vector<TestRunInput> at_head, at_base;
  std::vector<ChangedText> texts;  ///< of C and C++ files, and of CMake's; sorted by path
};

/// How the changed lines of something fared. covered + missed + unknown = all that are code.
struct LineCoverage {
  std::uint32_t covered = 0, missed = 0, unknown = 0;
  std::uint32_t branches = 0, branches_taken = 0;  ///< on these lines, where the format has them
  std::uint32_t lines() const { return covered + missed + unknown; }
  friend bool operator==(const LineCoverage&, const LineCoverage&) = default;
};

enum class Answer { no, yes, unknown };

/// The four grades of evidence that tests give for a touched symbol, weakest first, each answered for itself.
struct TestGrades {
  Answer reached = Answer::unknown;   ///< a test reaches it, by the call graph
  Answer executed = Answer::unknown;  ///< some changed line of it ran, by coverage
  Answer passed = Answer::unknown;    ///< a test that reaches it passed at head and none failed, by JUnit
  Answer pinned = Answer::unknown;    ///< a test that reaches it fails on the base and passes at head
};

/// What coverage and results say about one touched symbol.
struct SymbolProof {
  bool coverage_given = false, results_given = false, base_results_given = false;
  LineCoverage coverage;
  std::string why_uncovered;  ///< why lines are unknown, or there are none; may be empty
  std::uint32_t tests_passed = 0, tests_failed = 0, tests_without_result = 0;  ///< of those that surely reach it
  std::vector<std::string> failed;                                             ///< names, at most 3
  std::vector<std::string> pinned_by;                                          ///< names, at most 3
};

/// A test of which the patch takes strength away.
struct WeakenedTest {
  std::string test;  ///< "Suite.Name", a CMake test's name; empty = outside of any
  std::string what;  ///< "an assertion is gone", …
  Place base, head;  ///< line 0: not on that side
  std::string was, now;
};

/// Whether a changed line ran under the tests.
enum class RanState : std::uint8_t { ran, missed, unknown };

struct LineRan {
  Place at;  ///< on head
  RanState state = RanState::unknown;
};

/// What the report says about tests beside the facts.
struct TestEvidenceFound {
  std::vector<std::string> remarks;  ///< one line a thing that a reader has to know: which checks were made
  std::vector<WeakenedTest> weakened;
  std::vector<LineRan> lines;  ///< the changed lines that are code, by file and line; empty where no coverage was given
};

/// "yes", "no", "unknown".
const char* name_of(Answer answer);

}  // namespace patchgate
