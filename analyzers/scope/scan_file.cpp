#include "analyzers/scope/scan_file.h"

#include <algorithm>
#include <utility>

#include "analyzers/model/hash.h"
#include "analyzers/model/sort_unique.h"
#include "analyzers/scope/scan_macro.h"
#include "analyzers/scope/source_words.h"
#include "analyzers/scope/word_set.h"

namespace patchgate {
namespace {

using Kind = SourceWord::Kind;

/// Deeper nesting of types, namespaces and conditions than any sane file has; what lies below is one body.
constexpr std::size_t kDeepest = 64;

bool is_access_word(std::string_view name) {
  return name == "public" || name == "private" || name == "protected" || name == "signals" || name == "slots" ||
         name == "Q_SIGNALS" || name == "Q_SLOTS";
}

/// Stands between a function's parameters and its body.
bool is_after_parameters(std::string_view name) {
  return name == "const" || name == "volatile" || name == "noexcept" || name == "override" || name == "final" ||
         name == "mutable" || name == "try";
}

/// What has been read of a declaration so far.
struct Statement {
  std::size_t begin = 0;  ///< into the log of names
  std::size_t words = 0;
  int parens = 0;
  int groups = 0;      ///< of parentheses, at depth 0
  bool type = false;   ///< class, struct, union or enum was said
  bool alias = false;  ///< begins with using or typedef
  bool scope = false;  ///< namespace or extern "C"
  bool is_template = false;
  bool equals = false;
  bool initialises = false;  ///< after the `:` of a constructor or of a list of bases
  bool of_constructor = false;
  bool after_group = false;   ///< nothing of weight was said after the last group
  bool macro_call = false;    ///< begins with NAME(
  std::uint64_t last = 0;     ///< the last name at depth 0
  std::uint64_t subject = 0;  ///< the name before the first group, else before `=`, else before `:`

  bool in_value() const { return equals || initialises; }
};

struct Block {
  enum class What { scope, type, body };
  What what = What::scope;
  std::size_t depth = 0;  ///< of braces within a body
  Statement around;
  bool resumes = false;  ///< after `}` the statement around goes on
  bool carries = false;  ///< a template ends here
  std::uint64_t carrier = 0;
  std::size_t begin = 0;  ///< of the template, into the log of names
};

/// Where braces stood when a condition began, and when its first branch ended.
struct Condition {
  std::vector<Block> before;
  Statement statement_before;
  std::vector<Block> after;
  Statement statement_after;
  bool has_after = false;
};

class FileScanner {
 public:
  explicit FileScanner(std::string_view text) : words_(text) {}

  FileScan run() {
    for (auto word = words_.next(); word.kind != Kind::end; word = words_.next()) {
      if (word.starts_line && word.text == "#") {
        directive();
      } else {
        if (!saw_directive_) first_is_code_ = true;
        if (guard_ended_) after_guard_ = true;
        take(word);
      }
    }
    while (!blocks_.empty()) {
      blocks_.back().depth = 0;
      close();
    }
    scan_.used = used_.sorted();
    scan_.declared = declared_.sorted();
    sort_unique(scan_.types);
    scan_.conditional = conditional_.sorted();
    scan_.guarded = pragma_once_ || (opens_with_guard_ && !first_is_code_ && !after_guard_);
    return std::move(scan_);
  }

 private:
  bool in_body() const { return !blocks_.empty() && blocks_.back().what == Block::What::body; }
  bool in_condition() const { return conditions_.size() + deeper_conditions_ > (opens_with_guard_ ? 1U : 0U); }

  void mention(WordSet& words, std::uint64_t word) {
    words.insert(word);
    if (in_condition()) conditional_.insert(word);
  }

  void take(const SourceWord& word) {
    if (word.kind == Kind::name) {
      if (operator_ && !in_body()) return name_of_conversion(word);
      name(word.text);
    } else if (word.kind == Kind::punctuation) {
      if (operator_ && !end_of_operator(word.text)) return;
      punctuation(word.text);
    } else if (word.kind == Kind::text) {
      if (statement_.words > 0 && last_is_extern_) statement_.scope = true;
    }
    if (word.kind != Kind::name) last_is_extern_ = false;
  }

  void name(std::string_view text) {
    const auto hash = word_hash(text);
    log_.push_back(hash);
    if (in_body()) {
      mention(used_, hash);
      if (extern_in_body_) mention(declared_, hash);
      extern_in_body_ = extern_in_body_ || text == "extern";
      return;
    }
    auto& s = statement_;
    ++s.words;
    if (text == "operator") operator_ = true, operator_text_ = text;
    if (s.parens == 0) {
      if (s.words == 1) s.alias = s.alias || text == "using" || text == "typedef";
      if (text == "namespace") s.scope = true;
      if (text == "template") s.is_template = true;
      const bool type_word = text == "class" || text == "struct" || text == "union" || text == "enum";
      s.type = s.type || type_word;
      if (!is_after_parameters(text)) {
        s.after_group = false;
        if (!type_word) s.last = hash;
      }
    } else if (text == "auto") {
      s.is_template = true;  // void f(auto x)
    }
    access_ = s.words == 1 && is_access_word(text);
    last_is_extern_ = text == "extern";
    const bool argument = s.parens > 0 && (s.macro_call || s.groups > 1);
    if (s.in_value() || argument) mention(used_, hash);
    if (!s.in_value()) mention(declared_, hash);
  }

  /// operator bool: the type is part of the name.
  void name_of_conversion(const SourceWord& word) {
    log_.push_back(word_hash(word.text));
    operator_text_ += operator_text_ == "operator" ? " " + std::string(word.text) : "";
    mention(declared_, word_hash(word.text));
  }

  /// True when `text` no longer belongs to an operator's name.
  bool end_of_operator(std::string_view text) {
    const bool call = operator_text_ == "operator" && text == "(";
    if (call || (operator_text_ == "operator(" && text == ")") || (text != "(" && text != ";" && text != "{")) {
      operator_text_ += text;
      return false;
    }
    const auto hash = word_hash(operator_text_);
    mention(declared_, hash);
    statement_.last = hash;
    operator_ = false;
    return true;
  }

  void punctuation(std::string_view text) {
    if (text == "{") return open();
    if (text == "}") return close();
    if (text == ";") extern_in_body_ = false;
    if (in_body()) return;
    auto& s = statement_;
    if (text == "(") {
      if (s.parens++ > 0) return;
      if (++s.groups > 1 || s.in_value()) return;
      s.subject = s.last;
      s.macro_call = s.words == 1;
    } else if (text == ")") {
      s.parens = std::max(0, s.parens - 1);
      s.after_group = s.parens == 0;
    } else if (text == "=") {
      if (s.groups == 0) s.subject = s.last;
      s.equals = true;
    } else if (text == ":" && s.parens == 0) {
      if (access_) return begin_statement();
      s.of_constructor = s.groups > 0 && s.after_group;
      if (s.groups == 0 || (s.type && !s.of_constructor)) s.subject = s.last;
      s.initialises = true;
    } else if (text == "," && ends_value()) {
      s.equals = false;
    } else if (text == ";" && s.parens == 0) {
      if ((s.is_template && s.equals) || s.alias) carry_statement();
      begin_statement();
    }
  }

  /// A comma between parameters or enumerators: what follows is a declaration again.
  bool ends_value() const {
    if (statement_.parens > 0) return statement_.groups == 1;
    return !blocks_.empty() && blocks_.back().what == Block::What::type && statement_.words > 0 && !statement_.type &&
           statement_.groups == 0;
  }

  void begin_statement() {
    statement_ = Statement{};
    statement_.begin = log_.size();
    operator_ = false;
  }

  void open() {
    if (in_body()) {
      ++blocks_.back().depth;
      return;
    }
    Block block;
    const auto& s = statement_;
    block.around = s;
    if (s.parens > 0 || blocks_.size() >= kDeepest || (s.equals && s.groups == 0)) {
      block.what = Block::What::body;
      block.resumes = true;
    } else if (s.scope && s.groups == 0) {
      block.what = Block::What::scope;
    } else if (s.type && !s.after_group && !s.of_constructor && !s.equals) {
      block.what = Block::What::type;
      const auto name = s.initialises ? s.subject : s.last;
      if (name != 0) scan_.types.push_back(name);
      carry(block, name);
    } else {
      block.what = Block::What::body;
      carry(block, s.subject);
    }
    blocks_.push_back(block);
    if (!in_body()) begin_statement();
  }

  void carry(Block& block, std::uint64_t name) const {
    if (!statement_.is_template || name == 0) return;
    block.carries = true;
    block.carrier = name;
    block.begin = statement_.begin;
  }

  void add_carrier(std::uint64_t name, std::size_t begin) {
    Carrier carrier;
    carrier.name = name;
    carrier.words.assign(log_.begin() + static_cast<std::ptrdiff_t>(begin), log_.end());
    carrier.conditional = in_condition();
    sort_unique(carrier.words);
    scan_.carriers.push_back(std::move(carrier));
  }

  /// A template of a variable, a concept, another name for a type: takes effect where it is named.
  void carry_statement() {
    const auto name = statement_.equals ? statement_.subject : statement_.last;
    if (name != 0) add_carrier(name, statement_.begin);
  }

  void close() {
    if (in_body() && blocks_.back().depth > 0) {
      --blocks_.back().depth;
      return;
    }
    if (blocks_.empty()) return begin_statement();
    const auto block = blocks_.back();
    blocks_.pop_back();
    if (block.carries) add_carrier(block.carrier, block.begin);
    if (block.resumes) {
      statement_ = block.around;
    } else {
      begin_statement();
      // typedef struct { … } name;
      statement_.alias = block.around.alias;
      if (statement_.alias) statement_.begin = block.around.begin;
    }
  }

  void directive() {
    const auto word = words_.next_on_line();
    if (word.text == "pragma" && words_.next_on_line().text == "once") {
      pragma_once_ = true;
      return;
    }
    const bool first = !saw_directive_;
    saw_directive_ = true;
    if (guard_ended_) after_guard_ = true;
    const bool second = !first && guard_pending_;
    guard_pending_ = false;
    if (word.text == "define") return define(second);
    if (word.text == "include" || word.text == "include_next" || word.text == "import") return include();
    const bool outside = !in_condition();
    if (word.text == "if" || word.text == "ifdef" || word.text == "ifndef") {
      if (conditions_.size() < kDeepest) {
        conditions_.push_back({blocks_, statement_, {}, {}, false});
      } else {
        ++deeper_conditions_;
      }
      guard_pending_ = first && word.text != "ifdef";
    } else if (word.text == "else" || word.text == "elif" || word.text == "elifdef" || word.text == "elifndef") {
      other_branch();
    } else if (word.text == "endif") {
      end_of_condition();
    }
    for (auto rest = words_.next_on_line(); rest.kind != Kind::end; rest = words_.next_on_line()) {
      if (rest.kind != Kind::name) continue;
      if (guard_pending_) guard_ = word_hash(rest.text);
      used_.insert(word_hash(rest.text));
      if (!outside) conditional_.insert(word_hash(rest.text));
    }
  }

  void other_branch() {
    if (conditions_.empty() || deeper_conditions_ > 0) return;
    if (opens_with_guard_ && conditions_.size() == 1) after_guard_ = true;
    auto& condition = conditions_.back();
    if (!condition.has_after) {
      condition.after = blocks_;
      condition.statement_after = statement_;
      condition.has_after = true;
    }
    blocks_ = condition.before;
    statement_ = condition.statement_before;
  }

  void end_of_condition() {
    if (deeper_conditions_ > 0) {
      --deeper_conditions_;
      return;
    }
    if (conditions_.empty()) return;
    auto& condition = conditions_.back();
    if (condition.has_after) {
      blocks_ = std::move(condition.after);
      statement_ = condition.statement_after;
    }
    conditions_.pop_back();
    guard_ended_ = opens_with_guard_ && conditions_.empty();
  }

  void include() {
    IncludeLine line;
    line.name = words_.include_name(line.quoted);
    if (line.name.empty()) {
      scan_.computed_include = true;
    } else {
      scan_.includes.push_back(std::move(line));
    }
    while (words_.next_on_line().kind != Kind::end) {
    }
  }

  void define(bool may_be_guard) {
    const auto name = words_.next_on_line();
    if (name.kind != Kind::name) return;
    auto macro = scan_macro(words_, name);
    if (may_be_guard && macro.name == guard_) opens_with_guard_ = true;
    macro.conditional = in_condition();
    if (!macro.words.empty() || macro.pastes) scan_.carriers.push_back(std::move(macro));
    declared_.insert(word_hash(name.text));
  }

  SourceWords words_;
  FileScan scan_;
  WordSet used_, declared_, conditional_;
  std::vector<std::uint64_t> log_;  // every name outside of directives, in order
  std::vector<Block> blocks_;
  std::vector<Condition> conditions_;
  Statement statement_;
  bool operator_ = false;
  std::string operator_text_;
  std::size_t deeper_conditions_ = 0;
  bool access_ = false, last_is_extern_ = false, extern_in_body_ = false;
  bool saw_directive_ = false, first_is_code_ = false;
  bool guard_pending_ = false, opens_with_guard_ = false, pragma_once_ = false;
  bool guard_ended_ = false, after_guard_ = false;  // and something follows its #endif, or is its #else
  std::uint64_t guard_ = 0;
};

}  // namespace

std::uint64_t word_hash(std::string_view name) { return hash64(name); }

FileScan scan_file(std::string_view text) {
  if (!has_splices(text)) return FileScanner(text).run();
  const auto plain = without_splices(text);
  return FileScanner(plain).run();
}

}  // namespace patchgate
