#include "analyzers/rollout/document.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <libfyaml.h>

namespace patchgate {

namespace {

struct FyFree {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

std::string text_of(fy_token* token) {
  std::size_t length = 0;
  const char* text = token == nullptr ? nullptr : fy_token_get_text(token, &length);
  return text == nullptr ? std::string() : std::string(text, length);
}

/// The short forms of CloudFormation's intrinsic functions.
bool is_cloudformation(std::string_view tag) {
  constexpr std::array<std::string_view, 19> kTags{"!And",       "!Base64", "!Cidr",   "!Condition", "!Equals",
                                                   "!FindInMap", "!GetAZs", "!GetAtt", "!If",        "!ImportValue",
                                                   "!Join",      "!Length", "!Not",    "!Or",        "!Ref",
                                                   "!Select",    "!Split",  "!Sub",    "!Transform"};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

/// Builds the tree from events; the library's own documents resolve aliases without a limit.
class TreeBuilder {
 public:
  TreeBuilder(const std::string& path, const DocumentLimits& limits) : path_(path), limits_(limits) {}

  Result<void> take(fy_event& event) {
    switch (event.type) {
      case FYET_DOCUMENT_START:
        if (documents_.size() == limits_.documents) return fail_here("holds too many documents");
        anchors_.clear();
        tag_line_ = 0;
        return {};
      case FYET_MAPPING_START:
        note_line(event.mapping_start.mapping_start);
        return open(DocNode::Kind::map, event.mapping_start.anchor, event.mapping_start.tag);
      case FYET_SEQUENCE_START:
        note_line(event.sequence_start.sequence_start);
        return open(DocNode::Kind::list, event.sequence_start.anchor, event.sequence_start.tag);
      case FYET_MAPPING_END:
      case FYET_SEQUENCE_END:
        return close();
      case FYET_SCALAR:
        return scalar(event);
      case FYET_ALIAS:
        return alias(event);
      default:
        return {};
    }
  }
  std::vector<DocNode> documents() && { return std::move(documents_); }
  std::uint32_t line() const { return line_; }

 private:
  struct Open {
    DocNode node;
    std::string anchor;
    std::string tag;
    std::optional<std::string> key;  ///< map: the key whose value comes next
    std::uint32_t key_line = 0;
    std::set<std::string> keys;
  };

  tl::unexpected<Error> fail_here(std::string message) const {
    return fail_at(Error::Kind::config, {path_, line_, 0}, std::move(message));
  }

  void note_line(fy_token* token) {
    const fy_mark* mark = token == nullptr ? nullptr : fy_token_start_mark(token);
    if (mark != nullptr && mark->line >= 0) line_ = static_cast<std::uint32_t>(mark->line) + 1;
  }

  bool wants_key() const { return !open_.empty() && open_.back().node.is_map() && !open_.back().key; }

  /// The tag where it is a function of CloudFormation; empty where there is none.
  Result<std::string> call_of(fy_token* tag) {
    if (tag == nullptr) return std::string();
    std::string text = text_of(tag);
    if (!is_cloudformation(text)) return fail_here("has a tag: tags are not accepted");
    if (tag_line_ == 0) tag_line_ = line_;
    return text;
  }

  /// What stands behind the tag is an argument of the function, and no part of the document.
  static DocNode called(const std::string& tag, DocNode argument) {
    DocNode node;
    node.kind = DocNode::Kind::call;
    node.text = argument.is_scalar() ? tag + " " + argument.text : tag;
    node.line = argument.line;
    return node;
  }

  Result<void> open(DocNode::Kind kind, fy_token* anchor, fy_token* tag) {
    PATCHGATE_TRY(std::string call, call_of(tag));
    if (wants_key()) return fail_here("has a key that is no text");
    if (open_.size() == limits_.depth) return fail_here("is nested deeper than " + std::to_string(limits_.depth));
    if (++nodes_ > limits_.nodes) return fail_here("holds too many values");
    Open opened;
    opened.node.kind = kind;
    opened.node.line = line_;
    opened.anchor = text_of(anchor);
    opened.tag = std::move(call);
    open_.push_back(std::move(opened));
    return {};
  }

  Result<void> close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    if (!closed.tag.empty()) closed.node = called(closed.tag, std::move(closed.node));
    return finish(std::move(closed.node), closed.anchor);
  }

  Result<void> scalar(fy_event& event) {
    note_line(event.scalar.value);
    PATCHGATE_TRY(const std::string tag, call_of(event.scalar.tag));
    if (++nodes_ > limits_.nodes) return fail_here("holds too many values");
    DocNode node;
    node.text = text_of(event.scalar.value);
    node.plain = event.scalar.value == nullptr || fy_token_scalar_style(event.scalar.value) == FYSS_PLAIN;
    node.line = line_;
    if (node.text.find('\0') != std::string::npos) return fail_here("holds a NUL");
    if (!wants_key()) {
      if (!tag.empty()) node = called(tag, std::move(node));
      return finish(std::move(node), text_of(event.scalar.anchor));
    }
    if (!tag.empty()) return fail_here("has a tag on a key");
    if (event.scalar.anchor != nullptr) return fail_here("has an anchor on a key");
    if (node.plain && node.text == "<<") return fail_here("uses a merge key (<<): merge keys are not accepted");
    Open& map = open_.back();
    if (!map.keys.insert(node.text).second) return fail_here("gives the key \"" + node.text + "\" twice");
    map.key = std::move(node.text);
    map.key_line = line_;
    return {};
  }

  Result<void> alias(fy_event& event) {
    note_line(event.alias.anchor);
    const std::string name = text_of(event.alias.anchor);
    if (wants_key()) return fail_here("has an alias as a key");
    const auto anchor = anchors_.find(name);
    if (anchor == anchors_.end())
      return fail_here("uses the alias *" + name + ", which no complete value before it has");
    alias_nodes_ += size_of(anchor->second);
    if (alias_nodes_ > limits_.alias_nodes) {
      return fail_here("expands its aliases to more than " + std::to_string(limits_.alias_nodes) + " values");
    }
    DocNode copy = anchor->second;
    if (open_.size() + depth_of(copy) > limits_.depth) {
      return fail_here("is nested deeper than " + std::to_string(limits_.depth));
    }
    return finish(std::move(copy), {});
  }

  Result<void> finish(DocNode node, const std::string& anchor) {
    if (!anchor.empty()) {
      // Anchors inside of anchors are kept once for each level.
      anchored_nodes_ += size_of(node);
      if (anchored_nodes_ > limits_.nodes) return fail_here("holds too many values below anchors");
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      if (tag_line_ != 0 && node.find("Resources") == nullptr) {
        line_ = tag_line_;
        return fail_here("has a tag: tags are not accepted");
      }
      documents_.push_back(std::move(node));
      return {};
    }
    Open& parent = open_.back();
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else {
      node.line = parent.key_line;
      parent.node.members.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
    return {};
  }

  static std::size_t size_of(const DocNode& node) {
    std::size_t size = 1;
    for (const auto& [key, value] : node.members) size += size_of(value);
    for (const DocNode& item : node.items) size += size_of(item);
    return size;
  }
  static std::size_t depth_of(const DocNode& node) {
    std::size_t deepest = 0;
    for (const auto& [key, value] : node.members) deepest = std::max(deepest, depth_of(value));
    for (const DocNode& item : node.items) deepest = std::max(deepest, depth_of(item));
    return deepest + (node.is_scalar() ? 0 : 1);
  }

  const std::string& path_;
  const DocumentLimits& limits_;
  std::vector<Open> open_;
  std::map<std::string, DocNode> anchors_;
  std::vector<DocNode> documents_;
  std::uint32_t line_ = 1;
  std::uint32_t tag_line_ = 0;  ///< of the first tag of this document
  std::size_t nodes_ = 0;
  std::size_t alias_nodes_ = 0;
  std::size_t anchored_nodes_ = 0;
};

tl::unexpected<Error> first_complaint(const std::string& path, fy_diag* diag, std::uint32_t line) {
  void* previous = nullptr;
  if (const fy_diag_error* error = fy_diag_errors_iterate(diag, &previous)) {
    const auto at = static_cast<std::uint32_t>(std::max(error->line, 0));
    const std::string message = error->msg == nullptr ? "bad syntax" : error->msg;
    return fail_at(Error::Kind::config, {path, at, static_cast<std::uint32_t>(std::max(error->column, 0))}, message);
  }
  return fail_at(Error::Kind::config, {path, line, 0}, "bad syntax");
}

}  // namespace

const DocNode* DocNode::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

const DocNode* DocNode::find(std::initializer_list<std::string_view> keys) const {
  const DocNode* node = this;
  for (const std::string_view key : keys) {
    node = node->find(key);
    if (node == nullptr) return nullptr;
  }
  return node;
}

Result<std::vector<DocNode>> parse_documents(const std::string& path, std::string_view text,
                                             const DocumentLimits& limits) {
  using Kind = Error::Kind;
  if (text.size() > limits.bytes) {
    return fail_at(Kind::config, {path, 0, 0}, "is larger than " + std::to_string(limits.bytes) + " bytes");
  }
  if (text.starts_with("\xEF\xBB\xBF")) return fail_at(Kind::config, {path, 1, 0}, "begins with a byte order mark");
  if (text.find('\0') != std::string_view::npos) return fail_at(Kind::config, {path, 0, 0}, "holds a NUL byte");

  fy_diag_cfg diag_cfg;
  fy_diag_cfg_default(&diag_cfg);
  diag_cfg.fp = nullptr;
  diag_cfg.colorize = false;
  const std::unique_ptr<fy_diag, FyFree> diag(fy_diag_create(&diag_cfg));
  if (!diag) return fail(Kind::internal, "the YAML reader could not be set up");
  fy_diag_set_collect_errors(diag.get(), true);

  fy_parse_cfg cfg{};
  const unsigned json = path.ends_with(".json") ? FYPCF_JSON_FORCE : FYPCF_JSON_NONE;
  cfg.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG | json);
  cfg.diag = diag.get();
  const std::unique_ptr<fy_parser, FyFree> parser(fy_parser_create(&cfg));
  if (!parser || fy_parser_set_string(parser.get(), text.data(), text.size()) != 0) {
    return fail(Kind::internal, "the YAML reader could not be set up");
  }

  TreeBuilder builder(path, limits);
  while (fy_event* event = fy_parser_parse(parser.get())) {
    auto taken = builder.take(*event);
    fy_parser_event_free(parser.get(), event);
    PATCHGATE_CHECK(std::move(taken));
  }
  if (fy_parser_get_stream_error(parser.get())) return first_complaint(path, diag.get(), builder.line());
  return std::move(builder).documents();
}

}  // namespace patchgate
