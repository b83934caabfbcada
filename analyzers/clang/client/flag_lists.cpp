#include "analyzers/clang/client/flag_lists.h"

#include <algorithm>
#include <iterator>

namespace patchgate {
namespace {

using enum FlagFate;
using enum FlagForm;

// Kept or given a value of their own.
constexpr FlagRule kSpecial[] = {
    {"-D", either, macro},
    {"-U", either, macro},
    {"-I", either, folder},
    {"-F", either, folder},
    {"-isystem", either, folder},
    {"-iquote", either, folder},
    {"-idirafter", either, folder},
    {"-iframework", either, folder},
    {"-iwithsysroot", either, folder},
    {"-cxx-isystem", either, folder},
    {"-stdlib++-isystem", either, folder},
    {"-include", either, include_file},
    {"-imacros", either, include_file},
    {"-isysroot", either, sysroot},
    {"--sysroot", separate, sysroot},
    {"--sysroot=", joined, sysroot},
    {"--gcc-toolchain=", joined, sysroot},
    {"--gcc-install-dir=", joined, sysroot},
    {"-std=", joined, standard},
    {"--std=", joined, standard},
    {"-ansi", alone, standard},
    {"--target=", joined, target},
    {"-target", separate, target},
    {"-march=", joined, processor},
    {"-stdlib=", joined, library},
    {"-ftemplate-depth=", joined, depth},
    {"-ftemplate-depth-", joined, depth},
    {"-fbracket-depth=", joined, depth},
    {"-fconstexpr-depth=", joined, depth},
    {"-fno-builtin-", joined, keep},
    {"-fpack-struct=", joined, keep},
};

// clang-format off
constexpr std::string_view kKept[] = {
    "-pthread", "-undef", "-trigraphs", "-nostdinc", "-nostdinc++", "-nostdlibinc", "-nobuiltininc", "-fexceptions",
    "-fno-exceptions", "-frtti", "-fno-rtti", "-fshort-enums", "-fno-short-enums", "-fshort-wchar",
    "-fno-short-wchar", "-fsigned-char", "-fno-signed-char", "-funsigned-char", "-fno-unsigned-char", "-fchar8_t",
    "-fno-char8_t", "-fms-extensions", "-fno-ms-extensions", "-fms-compatibility", "-fgnu89-inline",
    "-fno-gnu89-inline", "-fcoroutines", "-fopenmp", "-fopenmp-simd", "-fblocks", "-fno-blocks", "-fbuiltin",
    "-fno-builtin", "-ffreestanding", "-fhosted", "-fno-operator-names", "-fno-gnu-keywords", "-fno-asm",
    "-fdollars-in-identifiers", "-fno-dollars-in-identifiers", "-faligned-allocation", "-fno-aligned-allocation",
    "-fsized-deallocation", "-fno-sized-deallocation", "-fpack-struct", "-fdeclspec", "-fexperimental-library",
    "-fno-access-control", "-flax-vector-conversions", "-fno-lax-vector-conversions", "-m32", "-m64", "-mx32"};
// clang-format on

// Instruction sets decide which intrinsics and which `#ifdef __AVX2__` there are.
// clang-format off
constexpr std::string_view kX86Sets[] = {
    "adx", "aes", "avx", "avx2", "avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vbmi", "avx512vbmi2",
    "avx512vl", "avx512vnni", "avxvnni", "bmi", "bmi2", "crc32", "cx16", "f16c", "fma", "fsgsbase", "fxsr", "gfni",
    "lzcnt", "mmx", "movbe", "pclmul", "popcnt", "prfchw", "rdrnd", "rdseed", "sha", "sse", "sse2", "sse3", "sse4",
    "sse4.1", "sse4.2", "sse4a", "ssse3", "vaes", "vpclmulqdq", "xsave", "xsavec", "xsaveopt", "xsaves"};
// clang-format on

// With a value in the next word, which must not be taken for a flag.
constexpr FlagRule kWithValue[] = {{"-o", either, quiet},
                                   {"-MF", either, quiet},
                                   {"-MT", either, quiet},
                                   {"-MQ", either, quiet},
                                   {"-MJ", either, quiet},
                                   {"-L", either, quiet},
                                   {"-l", either, quiet},
                                   {"-u", either, quiet},
                                   {"-z", either, quiet},
                                   {"-T", either, quiet},
                                   {"-e", separate, quiet},
                                   {"-A", either, quiet},
                                   {"-G", either, quiet},
                                   {"-x", either, quiet},
                                   {"-Xlinker", separate, quiet},
                                   {"-Xassembler", separate, quiet},
                                   {"-framework", separate, quiet},
                                   {"-dumpbase", separate, quiet},
                                   {"-dumpbase-ext", separate, quiet},
                                   {"-dumpdir", separate, quiet},
                                   {"-aux-info", separate, quiet},
                                   {"--param", separate, quiet},
                                   {"-rpath", separate, quiet},
                                   {"-soname", separate, quiet},
                                   {"-install_name", separate, quiet},
                                   {"-Xclang", separate, count},
                                   {"-Xpreprocessor", separate, count},
                                   {"-Xanalyzer", separate, count},
                                   {"-Xopenmp-target", separate, count},
                                   {"-mllvm", separate, count},
                                   {"-load", separate, count},
                                   {"-wrapper", separate, count},
                                   {"-B", either, count},
                                   {"-arch", separate, count},
                                   {"-include-pch", separate, count},
                                   {"-ivfsoverlay", separate, count},
                                   {"-iprefix", either, count},
                                   {"-iwithprefix", either, count},
                                   {"-iwithprefixbefore", either, count},
                                   {"-imultilib", either, count},
                                   {"-isystem-after", either, count},
                                   {"-resource-dir", separate, count},
                                   {"-working-directory", separate, count},
                                   {"-gcc-toolchain", separate, count},
                                   {"-dependency-file", separate, count},
                                   {"-serialize-diagnostics", separate, count},
                                   {"--serialize-diagnostics", separate, count},
                                   {"--config", separate, count},
                                   {"-index-store-path", separate, count},
                                   {"-V", separate, count},
                                   {"-b", separate, count},
                                   {"-resource-dir=", joined, count},
                                   {"-working-directory=", joined, count},
                                   {"-fplugin-arg-", prefix, count}};

// Of no matter for what the code means. `-f…` that is not here is left out too, but counted.
// clang-format off
constexpr std::string_view kQuietPrefixes[] = {
    "--coverage", "--param=", "-C", "-H", "-M", "-O", "-P", "-Q", "-R", "-S", "-W", "-c", "-coverage", "-d", "-g",
    "-m", "-no-pie", "-nodefaultlibs", "-nolibc", "-nostartfiles", "-nostdlib", "-p", "-r", "-s", "-time", "-v", "-w",
    "-falign", "-fallow-store", "-fanalyzer", "-fansi-escape", "-fassociative", "-fassume", "-fasynchronous",
    "-fcaller-saves", "-fcanonical", "-fcaret", "-fcf-protection", "-fcheck-new", "-fcolor", "-fcommon", "-fconcepts",
    "-fconserve-stack", "-fconstexpr-cache", "-fconstexpr-loop", "-fconstexpr-ops", "-fcoverage", "-fcx-",
    "-fdata-sections", "-fdebug", "-fdelete-null", "-fdevirtualize", "-fdiagnostics", "-fdump", "-fdwarf", "-felide",
    "-femulated-tls", "-ferror-limit", "-fexcess-precision", "-fexperimental-new", "-fext-numeric", "-ffast-math",
    "-ffat-lto", "-ffile-prefix", "-ffinite", "-ffold", "-ffp-", "-ffunction-sections", "-fgcse", "-fharden",
    "-fident", "-fimplicit", "-finline", "-fintegrated", "-fipa", "-fjump", "-fkeep", "-flifetime", "-flive-patching",
    "-floop", "-flto", "-fmacro-prefix", "-fmath-errno", "-fmax-errors", "-fmerge", "-fmessage-length",
    "-fmin-function", "-fmudflap", "-fnew", "-fno-align", "-fno-allow-store", "-fno-analyzer", "-fno-assume",
    "-fno-asynchronous", "-fno-canonical", "-fno-caret", "-fno-color", "-fno-common", "-fno-cx-",
    "-fno-data-sections", "-fno-debug", "-fno-delete-null", "-fno-devirtualize", "-fno-diagnostics", "-fno-dwarf",
    "-fno-early", "-fno-elide", "-fno-emulated", "-fno-ext-numeric", "-fno-fast-math", "-fno-fat-lto", "-fno-finite",
    "-fno-fold", "-fno-function-sections", "-fno-gcse", "-fno-guess", "-fno-ident", "-fno-implicit", "-fno-inline",
    "-fno-integrated", "-fno-ipa", "-fno-jump", "-fno-keep", "-fno-lifetime", "-fno-lto", "-fno-math-errno",
    "-fno-merge", "-fno-omit", "-fno-optimize", "-fno-partial", "-fno-pch", "-fno-peel", "-fno-pic", "-fno-pie",
    "-fno-plt", "-fno-record", "-fno-reorder", "-fno-rounding", "-fno-sanitize", "-fno-schedule",
    "-fno-semantic-interposition", "-fno-show", "-fno-signed-zeros", "-fno-slp", "-fno-spell", "-fno-split",
    "-fno-stack", "-fno-strict", "-fno-threadsafe", "-fno-toplevel", "-fno-trapping", "-fno-tree", "-fno-unit",
    "-fno-unroll", "-fno-unwind", "-fno-use-cxa", "-fno-var-tracking", "-fno-vectorize", "-fno-verbose",
    "-fno-vtable", "-fno-working-directory", "-fno-wrapv", "-fno-zero", "-fnon-call", "-fomit", "-foptimize",
    "-fpartial", "-fpatchable", "-fpch-", "-fpeel", "-fpermissive", "-fPIC", "-fPIE", "-fpic", "-fpie", "-fplt",
    "-fprofile", "-frandom-seed", "-freciprocal", "-frecord", "-fgrecord", "-freorder", "-frounding", "-fsanitize",
    "-fschedule", "-fsemantic-interposition", "-fshow", "-fsigned-zeros", "-fslp", "-fsplit", "-fspell", "-fstack",
    "-fstats", "-fstrict", "-fstrong-eval", "-ftest-coverage", "-fthinlto", "-fthreadsafe", "-ftime", "-ftls",
    "-ftrapping", "-ftrapv", "-ftree", "-ftrivial-auto", "-funit", "-funroll", "-funsafe", "-funwind", "-fuse-cxa",
    "-fuse-ld", "-fvar-tracking", "-fvect-cost", "-fvectorize", "-fverbose", "-fvisibility", "-fvtable", "-fweb",
    "-fwhole-program", "-fwrapv", "-fzero-"};
// clang-format on

constexpr FlagRule kCatchAll{"", prefix, count};

bool fits(const FlagRule& rule, std::string_view word) {
  switch (rule.form) {
    case alone:
    case separate:
      return word == rule.name;
    case joined:
      return word.size() > rule.name.size() && word.starts_with(rule.name);
    case either:
    case prefix:
      break;
  }
  return word.starts_with(rule.name);
}

}  // namespace

const FlagRule& rule_of(std::string_view word) {
  static constexpr FlagRule kKeep{"", alone, keep};
  static constexpr FlagRule kQuiet{"", prefix, quiet};
  static constexpr FlagRule kInstructionSet{"-m", prefix, processor};
  if (std::find(std::begin(kKept), std::end(kKept), word) != std::end(kKept)) return kKeep;
  const FlagRule* best = &kCatchAll;
  const auto consider = [&](const FlagRule& rule) {
    if (fits(rule, word) && rule.name.size() > best->name.size()) best = &rule;
  };
  for (const auto& rule : kSpecial) consider(rule);
  for (const auto& rule : kWithValue) consider(rule);
  std::size_t quiet_length = 0;
  for (const auto start : kQuietPrefixes)
    if (word.starts_with(start)) quiet_length = std::max(quiet_length, start.size());
  if (word.starts_with("-m")) {
    auto set = word.substr(2);
    if (set.starts_with("no-")) set.remove_prefix(3);
    if (std::find(std::begin(kX86Sets), std::end(kX86Sets), set) != std::end(kX86Sets)) return kInstructionSet;
  }
  return quiet_length > best->name.size() ? kQuiet : *best;
}

}  // namespace patchgate
