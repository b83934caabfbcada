#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policies/engine/document.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// What one policy sets of the parameters of policies that it extends.
struct ParameterSetting {
  nlohmann::json value;
  Place at;             ///< of its value
  std::string loosens;  ///< why it may ask for less; empty = not said
  bool used = false;
};

/// `{"parameter": NAME}` may stand wherever a value does, and is replaced before anything else is read. A policy
/// declares a parameter with its default; policies that extend it may `set` it, the outermost one counts. Internal to
/// the loader.
class Parameters {
 public:
  /// Names set by one policy. `depth`: 1 for the root, 2 for what it extends, …
  struct Layer {
    std::size_t depth = 0;
    std::map<std::string, ParameterSetting> settings;
  };

  /// Reads `set`, before the policies that it is about are read.
  void open_layer(const JsonNode& node, std::size_t depth);
  /// When they were read: a setting that nothing used is an error.
  void close_layer(const JsonNode& node);
  /// Reads `parameters`. Their values are settled here: no layer that opens later has a say.
  void declare(const JsonNode& node);

  /// One way to fill in a document's parameters.
  struct Version {
    Document document;
    std::size_t depth = 0;  ///< of the policy whose settings are new in it; 0 = the defaults
  };
  /// The document filled in by the defaults, then as one policy after the other sets them, from the inside out; the
  /// last one counts. Unknown names are errors. Just one where the document uses none.
  std::vector<Version> versions(const Document& document, std::vector<Error>& errors) const;

  /// A setting that changes what stands below `node` (of the document as it was written), and who set it.
  struct Change {
    std::string name;
    const ParameterSetting* setting;
    bool local;  ///< what fits differs from repository to repository: no reason is asked for
  };
  std::vector<Change> changes(const JsonNode& node, std::size_t depth) const;

  /// All that were declared, by name, for those who show a policy.
  std::vector<ParameterInForce> in_force() const;

 private:
  struct Parameter {
    nlohmann::json value;  ///< the default
    std::string about;
    bool local = false;
    Place at;
    std::vector<std::pair<std::size_t, ParameterSetting>> set;  ///< depth, setting; from the inside out
  };

  const nlohmann::json& value_of(const Parameter& parameter, std::size_t depth) const;
  bool fill(const JsonNode& node, nlohmann::json& copy, std::size_t depth, bool report) const;

  std::vector<Layer> layers_;
  std::map<std::string, Parameter> known_;
};

}  // namespace patchgate
