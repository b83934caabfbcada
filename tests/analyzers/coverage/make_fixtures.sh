#!/usr/bin/env bash
# Makes the coverage and JUnit files in made/ from a tiny project, with the real tools. Needs: g++ gcovr lcov clang-19
# llvm-19 cmake ninja-build libgtest-dev catch2 python3-pytest. Run it again for other versions; made/VERSIONS says which.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/made
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/shop/src" "$work/shop/tests"
cd "$work/shop"

cat >src/fee.h <<'CODE'
#pragma once
int fee(int cents, bool express);
int refund(int cents);

template <class T>
T at_least(T value, T least) {
  return value < least ? least : value;
}
CODE
cat >src/fee.cpp <<'CODE'
#include "fee.h"

int fee(int cents, bool express) {
  if (cents <= 0) {
    return 0;
  }
  int result = cents / 100;
  if (express && cents > 1000) {
    result += 5;
  }
  return at_least(result, 1);
}

// nobody calls this one
int refund(int cents) {
  return -cents;
}
CODE
cat >tests/fee_test.cpp <<'CODE'
#include <gtest/gtest.h>

#include "../src/fee.h"

TEST(Fee, NothingCostsNothing) { EXPECT_EQ(fee(0, false), 0); }
TEST(Fee, Small) { EXPECT_EQ(fee(50, false), 1); }
TEST(Fee, WrongOnPurpose) { EXPECT_EQ(fee(200, false), 3); }
TEST(Fee, DISABLED_Later) { EXPECT_EQ(fee(1, true), 9); }
TEST(Fee, NotHere) { GTEST_SKIP() << "not on this machine"; }

class Many : public testing::TestWithParam<int> {};
TEST_P(Many, AtLeastOne) { EXPECT_GE(fee(GetParam(), false), 1); }
INSTANTIATE_TEST_SUITE_P(All, Many, testing::Values(1, 100));
CODE
cat >tests/fee_catch.cpp <<'CODE'
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include "../src/fee.h"

TEST_CASE("a fee is never negative", "[fee]") {
  SECTION("for nothing") { CHECK(fee(0, false) == 0); }
  SECTION("for much") { CHECK(fee(100000, true) > 0); }
}
TEST_CASE("wrong on purpose") { REQUIRE(fee(200, false) == 3); }
TEST_CASE("hidden", "[.]") { REQUIRE(false); }
CODE
cat >CMakeLists.txt <<'CODE'
cmake_minimum_required(VERSION 3.25)
project(shop CXX)
enable_testing()
find_package(GTest REQUIRED)
include(GoogleTest)
add_executable(fee_test tests/fee_test.cpp src/fee.cpp)
target_link_libraries(fee_test GTest::gtest_main)
gtest_discover_tests(fee_test)
add_executable(fee_catch tests/fee_catch.cpp src/fee.cpp)
add_test(NAME catch COMMAND fee_catch)
CODE
cat >test_fee.py <<'CODE'
import pytest


def test_passes():
    assert True


def test_fails():
    assert 1 == 2


@pytest.mark.skip(reason="later")
def test_later():
    pass
CODE

mkdir "$out.new"
# gcc: gcov's own JSON, lcov (with checksums), gcovr's Cobertura
mkdir gcc && cd gcc
g++ --coverage -O0 -c ../src/fee.cpp -o fee.o
g++ --coverage -O0 -c ../tests/fee_test.cpp -o fee_test.o
g++ --coverage fee.o fee_test.o -lgtest_main -lgtest -lpthread -o fee_test
./fee_test --gtest_output="xml:$out.new/gtest.xml" >/dev/null || true
gcov --json-format --branch-probabilities --stdout fee.gcda >"$out.new/gcov.json"
lcov --quiet --capture --directory . --checksum --rc lcov_branch_coverage=1 --output-file all.info
lcov --quiet --extract all.info "$work/shop/*" --rc lcov_branch_coverage=1 --checksum --output-file "$out.new/lcov.info"
gcovr --root .. --xml "$out.new/gcovr.xml" .
cd ..
# clang: llvm-cov's export, as JSON and as lcov
mkdir clang && cd clang
clang++-19 -fprofile-instr-generate -fcoverage-mapping ../src/fee.cpp ../tests/fee_test.cpp -lgtest_main -lgtest -o fee_test
LLVM_PROFILE_FILE=fee.profraw ./fee_test >/dev/null || true
llvm-profdata-19 merge fee.profraw -o fee.profdata
llvm-cov-19 export ./fee_test -instr-profile=fee.profdata "$work/shop/src" >"$out.new/llvm-cov.json"
llvm-cov-19 export ./fee_test -instr-profile=fee.profdata -format=lcov "$work/shop/src" >"$out.new/llvm-cov.info"
cd ..
# results
cmake -G Ninja -B build . >/dev/null
ninja -C build >/dev/null
ctest --test-dir build --output-junit "$out.new/ctest.xml" >/dev/null || true
build/fee_catch -r junit -o "$out.new/catch2.xml" || true
/usr/bin/python3 -m pytest -q -p no:cacheprovider --junitxml="$out.new/pytest.xml" test_fee.py >/dev/null || true

cp src/fee.cpp "$out.new/fee.cpp.txt"
cp src/fee.h "$out.new/fee.h.txt"
# the same paths and times whoever makes them
sed -i -E "s#$work#/build#g; s#timestamp=\"[^\"]*\"#timestamp=\"2026-01-05T10:00:00\"#g; s#hostname=\"[^\"]*\"#hostname=\"machine\"#g; s#time=\"[0-9.]+\"#time=\"0\"#g" "$out.new"/*
{
  g++ --version | head -n 1
  gcov --version | head -n 1
  lcov --version
  gcovr --version | head -n 1
  clang++-19 --version | head -n 1
  ctest --version | head -n 1
  dpkg-query -W -f '${Package} ${Version}\n' libgtest-dev catch2 python3-pytest
} >"$out.new/VERSIONS"
rm -rf "$out"
mv "$out.new" "$out"
