#include "gate/commands/selftest_story.h"

#include <fmt/format.h>

namespace patchgate {
namespace {

constexpr int kForms = 40;  // functions that use the encoder

constexpr const char* kPolicy = R"({ "policy": 1, "extends": ["builtin:hotfix@1"], "rollouts": ["deploy/rollout.json"] }
)";

constexpr const char* kSinks =
    R"({ "sinks": 1, "groups": [], "audits": [{ "kind": "http_write", "source": "the log of forms" }] }
)";

constexpr const char* kHeader = R"(struct Body { char text[256]; int size; };
struct Field { const char* value; bool present; };
void encode_field(Body& body, const char* name, const Field& field);
)";

constexpr const char* kEncoder = R"(#include "fields.h"
static void append(Body& body, const char* text) {
  while (*text && body.size < 255) body.text[body.size++] = *text++;
}
void encode_field(Body& body, const char* name, const Field& field) {
  {guard}append(body, name);
  append(body, field.present ? field.value : "null");
}
)";

constexpr const char* kClient = R"(extern "C" {
struct CURL;
enum CURLoption { CURLOPT_CUSTOMREQUEST = 10036, CURLOPT_POSTFIELDS = 10015 };
int curl_easy_setopt(CURL* handle, CURLoption option, ...);
int curl_easy_perform(CURL* handle);
}
#include "fields.h"
void send_patch(CURL* handle, const Body& body) {
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "PATCH");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.text);
  curl_easy_perform(handle);
}
)";

std::string forms() {
  std::string text = "#include \"fields.h\"\nstruct CURL;\nvoid send_patch(CURL* handle, const Body& body);\n";
  for (int i = 0; i < kForms; ++i) {
    text += fmt::format(
        "void save_form{0}(CURL* handle, const Field& field) {{\n  Body body{{}};\n"
        "  encode_field(body, \"field{0}\", field);\n  send_patch(handle, body);\n}}\n"
        "int form{0}_size(const Field& field) {{ return field.present ? {0} : 0; }}\n",
        i);
  }
  text += "int main() {\n  Field field{\"\", false};\n";
  for (int i = 0; i < kForms; ++i) text += fmt::format("  save_form{0}(nullptr, field);\n", i);
  return text + "}\n";
}

constexpr const char* kBuild = "add_executable(forms fields.cpp client.cpp forms.cpp)\n";

constexpr const char* kTest = R"(#include "../fields.h"
int main() {
  Body body{};
  encode_field(body, "name", Field{"", false});
  return body.size == 0 ? 1 : 0;
}
)";

constexpr const char* kRollout = R"({ "rollout": 1, "ships": ["forms"], "stages": [
  { "percent": 1, "bake": "30m", "abort": { "metric": "null_writes", "when": "rate > 0" } },
  { "percent": 100, "bake": "1h" } ] }
)";

}  // namespace

std::vector<ScratchCommit> selftest_commits() {
  std::map<std::string, std::string> files{{".patchgate/policy.json", kPolicy},
                                           {".patchgate/sinks.json", kSinks},
                                           {"CMakeLists.txt", kBuild},
                                           {"fields.h", kHeader},
                                           {"fields.cpp", ""},
                                           {"client.cpp", kClient},
                                           {"forms.cpp", forms()}};
  const std::string encoder = kEncoder;
  const auto with = [&](const std::string& guard) {
    auto text = encoder;
    return text.replace(text.find("{guard}"), 7, guard);
  };
  files["fields.cpp"] = with("if (!field.present) return;\n  ");
  std::vector<ScratchCommit> commits{{"release/1", "", "a service", files}};
  files["fields.cpp"] = with("");
  commits.push_back({"hotfix/bad", "release/1", "send all fields", files});
  files["tests/fields_test.cpp"] = kTest;
  files["deploy/rollout.json"] = kRollout;
  commits.push_back({"hotfix/good", "release/1", "send all fields, with the proof", files});
  return commits;
}

std::string selftest_compile_database(const std::filesystem::path& folder) {
  std::string text = "[";
  for (const char* file : {"fields.cpp", "client.cpp", "forms.cpp", "tests/fields_test.cpp"}) {
    text += fmt::format(
        "{}\n{{\"directory\": \"{}\", \"file\": \"{}\", \"arguments\": [\"c++\", \"-std=c++17\", \"-c\", \"{}\"]}}",
        text.size() == 1 ? "" : ",", folder.string(), file, file);
  }
  return text + "\n]\n";
}

}  // namespace patchgate
