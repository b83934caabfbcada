#include "policies/engine/override.h"

#include <gtest/gtest.h>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/override_check.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

const std::string kHead(40, 'a');

/// A file that is in order, with this text for a part of it.
std::string with(const std::string& part = "", const std::string& now = "") {
  std::string text = R"({"override": 1, "head": ")" + kHead + R"(",
 "rules": ["team/tests"],
 "reason": "Outage 4411: prices are wrong",
 "requested_by": "ana@example.org", "approved_by": "Bo <bo@example.org>",
 "issued_at": "2026-01-05T11:00:00Z", "not_after": "2026-01-06T11:00:00Z"})";
  if (const auto at = text.find(part); !part.empty() && at != std::string::npos) text.replace(at, part.size(), now);
  return text;
}

std::string errors_of(const std::string& text) {
  std::vector<Error> errors;
  const auto read = read_override("o.json", text, errors);
  EXPECT_EQ(read.has_value(), errors.empty());
  return lines(errors);
}

TEST(ReadOverride, GoodOne) {
  std::vector<Error> errors;
  const auto read = read_override("o.json", with("\"issued_at\"", R"("ticket": "OPS-1", "target": "release/1",
 "promise": {"test": "t/a.cpp::A.B", "text": "a test", "until": "2026-01-09"}, "x-note": 1, "issued_at")"),
                                  errors);
  ASSERT_TRUE(read) << lines(errors);
  EXPECT_EQ(read->head, kHead);
  EXPECT_EQ(read->rules.at(0).id, "team/tests");
  EXPECT_EQ(read->rules.at(0).at, (Place{"o.json", 2, 12}));
  EXPECT_EQ(read->ticket + " " + read->target, "OPS-1 release/1");
  EXPECT_EQ(utc_time(read->not_after), "2026-01-06T11:00:00Z");
  EXPECT_EQ(utc_day(read->promise->until), "2026-01-09");
  const auto test = promised_test(*read->promise);
  EXPECT_EQ(test.file + " " + test.name, "t/a.cpp A.B");
}

TEST(ReadOverride, SaysWhatIsWrong) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"\"override\": 1, ", "", "o.json:1:1: this is not an override: '\"override\": 1' is missing\n"},
      {"1,", "2,", "o.json:1:14: this program reads version 1 of the format; 'override' must be 1\n"},
      {"aaaaaaaaaa", "AAAAAAAAAA",
       "o.json:1:25: 'head' must be the full id of one commit, 40 hex digits (git rev-parse HEAD)\n"},
      {"aaaaaaaaaa", "", "o.json:1:25: 'head' must be the full id of one commit, 40 hex digits (git rev-parse HEAD)\n"},
      {"[\"team/tests\"]", "[]", "o.json:2:11: 'rules' is empty\n"},
      {"[\"team/tests\"]", "\"*\"", "o.json:2:11: 'rules' must be a list\n"},
      {"team/tests", "*", "o.json:2:12: an override names each rule; there is no wildcard\n"},
      {"team/tests", "team/test?", "o.json:2:12: an override names each rule; there is no wildcard\n"},
      {"\"team/tests\"", "\"a\", \"a\"", "o.json:2:17: rule 'a' is named twice\n"},
      {"Outage 4411: prices are wrong", "1234567890123456789",
       "o.json:3:12: 'reason' has to say why in at least 20 letters and digits\n"},
      {"Bo <bo@example.org>", "Ana <ANA+b@Example.org>",
       "o.json:4:52: whoever asks for an override cannot approve it: another person has to\n"},
      {"Bo <bo@example.org>", "Bo <bo@",
       "o.json:4:52: 'approved_by' must hold an e-mail address: \"bo@example.org\" or \"Bo Lind <bo@example.org>\"\n"},
      {"2026-01-06T11:00:00Z", "2026-01-08T11:00:01Z",
       "o.json:5:52: 'not_after' is more than 72 hours after 'issued_at'; the latest is 2026-01-08T11:00:00Z\n"},
      {"2026-01-06T11:00:00Z", "2026-01-05T11:00:00Z", "o.json:5:52: 'not_after' is not later than 'issued_at'\n"},
      {"2026-01-06T11:00:00Z", "tomorrow", "o.json:5:52: 'not_after' must be a time such as 2026-11-23T09:00:00Z\n"},
      {"\"issued_at\"", "\"isued_at\"", "o.json:5:2: unknown key 'isued_at'; did you mean 'issued_at'?\n"},
      {"\"issued_at\"", "\"target\": \"release/*\", \"issued_at\"",
       "o.json:5:12: 'target' names one branch; there is no wildcard\n"},
      {"\"issued_at\"", "\"promise\": {}, \"issued_at\"",
       "o.json:5:13: a promise needs 'text', 'test' or both\no.json:5:13: this promise has no 'until'\n"},
      {"\"issued_at\"", "\"promise\": {\"test\": \"../a.cpp\", \"until\": \"2026-01-09\"}, \"issued_at\"",
       "o.json:5:22: 'test' is FILE or FILE::NAME, with the file's path in the repository: "
       "tests/retry_test.cpp::Retry.Backoff\n"},
      {"\"issued_at\"", "\"promise\": {\"text\": \"a\", \"until\": \"2025-12-01\"}, \"issued_at\"",
       "o.json:5:36: 'until' lies before 'issued_at'\n"},
      {"\"reason\"", "\"head\": \"\", \"reason\"", "o.json:3:2: duplicate key 'head'; it was given in line 1\n"},
  };
  for (const auto& [part, now, says] : cases) EXPECT_EQ(errors_of(with(part, now)), says) << now;
  EXPECT_EQ(errors_of(std::string(kOverrideBytes + 1, ' ')), "o.json: an override has at most 65536 bytes\n");
}

TEST(Addresses, WhoIsWho) {
  for (const auto& [text, address] :
       {std::pair("Bo Lind <BO@Example.org>", "bo@example.org"), std::pair(" bo@example.org ", "bo@example.org"),
        std::pair("bo", ""), std::pair("bo@", ""), std::pair("@example.org", ""), std::pair("a@b@c", ""),
        std::pair("a@b.org, c@d.org", ""), std::pair("<bo@example.org", "")})
    EXPECT_EQ(address_of(text), address) << text;
  EXPECT_TRUE(same_person("bo@example.org", "Bo+git@Example.org"));
  EXPECT_TRUE(same_person("12+bo@users.noreply.github.com", "12+BO@users.noreply.github.com"));
  EXPECT_FALSE(same_person("12+bo@users.noreply.github.com", "12+cy@users.noreply.github.com"));
  EXPECT_FALSE(same_person("bo@example.org", "bo@example.com"));
  EXPECT_TRUE(same_person("bo@example.org", "b\u043e@example.org")) << "a Cyrillic letter";
  EXPECT_TRUE(same_person("bo@example.org\u200b", "bo@example.org"));
  EXPECT_FALSE(same_person("bo@example.org", "jos\u00e9@example.org"));
  EXPECT_EQ(address_of("b\u043e@example.org"), "");
  EXPECT_EQ(address_of("bo@example.org."), "");
  EXPECT_EQ(address_of("\"bo\"@example.org"), "");
}

TEST(Addresses, FN_AnotherAddressOfTheSamePerson) {
  EXPECT_FALSE(same_person("bo@example.org", "bo.lind@example.org"));
}

OverrideScene good_scene() {
  auto scene = scene_of(good_policy(R"({"policy": 1, "override": {"approvers": ["Bo <BO@example.org>"]}, "rules": [
    {"id": "team/tests", "level": "block", "require": {"fact": "patch.hotfix", "is": true}},
    {"id": "team/read", "level": "final", "require": {"fact": "patch.hotfix", "is": true}}]})"));
  scene.head = kHead;
  scene.now = *parse_rfc3339("2026-01-05T12:00:00Z");
  scene.makers = {"ana@example.org"};
  return scene;
}

TEST(WhyRefused, EachReason) {
  struct Case {
    std::string text;
    std::function<void(OverrideScene&)> change;
    const char* says;
  };
  const auto at = [](const char* time) { return [=](OverrideScene& scene) { scene.now = *parse_rfc3339(time); }; };
  const auto none = [](OverrideScene&) {};
  const Case cases[] = {
      {with(), none, ""},
      {with(), at("2026-01-06T11:00:00Z"), ""},
      {with(), at("2026-01-06T11:00:01Z"),
       "o.json:5:52: it ended at 2026-01-06T11:00:00Z, and now it is 2026-01-06T11:00:01Z\n"},
      {with(), at("2026-01-05T10:59:59Z"),
       "o.json:5:15: it begins at 2026-01-05T11:00:00Z, and now it is 2026-01-05T10:59:59Z\n"},
      {with("\"issued_at\": \"2026-01-05T11:00:00Z\", ", ""), none, ""},
      {with("\"issued_at\": \"2026-01-05T11:00:00Z\", ", ""), at("2026-01-03T11:00:00Z"), ""},
      {with("\"issued_at\": \"2026-01-05T11:00:00Z\", ", ""), at("2026-01-03T10:59:59Z"),
       "o.json:5:15: it ends more than 72 hours from now (2026-01-03T10:59:59Z), and no 'issued_at' says when it "
       "began\n"},
      {with(), [](OverrideScene& scene) { scene.head = std::string(40, 'b'); },
       "o.json:1:25: it is for commit aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, and this is "
       "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"},
      {with("\"rules\"", "\"target\": \"release/1\", \"rules\""), none,
       "o.json:2:12: it is for 'release/1', and this patch is meant for no branch that is known\n"},
      {with("\"rules\"", "\"target\": \"release/1\", \"rules\""),
       [](OverrideScene& scene) { scene.target = "release/1"; }, ""},
      {with(), [](OverrideScene& scene) { scene.approvers.clear(); },
       "o.json:4:52: the policy names nobody who may approve an override (\"override\": { \"approvers\": [...] })\n"},
      {with("bo@", "cy@"), none,
       "o.json:4:52: 'cy@example.org' is not among those whom the policy lets approve an override\n"},
      {with(), [](OverrideScene& scene) { scene.makers.emplace_back("BO+x@example.org"); },
       "o.json:4:52: 'bo@example.org' is an author of the patch and cannot approve it\n"},
      {with(), [](OverrideScene& scene) { scene.makers.emplace_back(""); },
       "o.json:4:52: of a commit of the patch no address of its author is known, so that it cannot be told from the "
       "approver\n"},
      {with("team/tests", "team/read"), none,
       "o.json:2:12: rule 'team/read' is final: nothing overrides it, only a change of the policy\n"},
      {with(), [](OverrideScene& scene) { scene.floor_rules = {"team/tests"}; },
       "o.json:2:12: rule 'team/tests' is of the organisation's floor: no override lifts it, only a change of the "
       "floor\n"},
      {with("team/tests", "team/read"), [](OverrideScene& scene) { scene.floor_rules = {"team/read"}; },
       "o.json:2:12: rule 'team/read' is of the organisation's floor: no override lifts it, only a change of the "
       "floor\n"},
      {with("team/tests", "team/test"), none,
       "o.json:2:12: the policy has no rule 'team/test'; did you mean 'team/tests'?\n"},
  };
  for (const auto& [text, change, says] : cases) {
    std::vector<Error> errors;
    const auto read = read_override("o.json", text, errors);
    ASSERT_TRUE(read) << lines(errors);
    auto scene = good_scene();
    change(scene);
    EXPECT_EQ(lines(why_refused(*read, scene)), says) << text;
  }
}

TEST(Approvers, AreAddresses) {
  const auto policy = [](const std::string& of) {
    return lines(load_text(R"({"policy": 1, "override": )" + of + R"(, "rules": [
{"id": "r", "level": "block", "require": {"fact": "patch.hotfix", "is": true}}]})")
                     .errors);
  };
  EXPECT_EQ(policy(R"({"approvers": ["bo"]})"), "p.json:1:42: 'bo' is not an e-mail address, such as bo@example.org\n");
  EXPECT_EQ(
      policy(R"({"aprovers": ["bo@x.org"]})"),
      "p.json:1:27: 'override' has no 'approvers'\np.json:1:28: unknown key 'aprovers'; did you mean 'approvers'?\n");
  EXPECT_EQ(policy(R"({"approvers": []})"), "p.json:1:41: 'approvers' is empty\n");
}

}  // namespace
}  // namespace patchgate
