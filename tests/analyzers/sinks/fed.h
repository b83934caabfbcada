#pragma once

#include <string>

#include "analyzers/sinks/sinks.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {

/// What the first touched symbol feeds, one line a sink: `http_write call exact: save -> curl_easy_perform`.
inline std::string fed(test::Story& story) {
  story.context.sink_catalogues = {{"built-in sinks", std::string(builtin_sink_catalogue())}};
  story.run(sinks_feeds);
  std::string text;
  for (const FedSink& sink : story.findings.touched.front().sinks) {
    text += (text.empty() ? "" : "\n") + sink.kind + (sink.by_data ? " data " : " call ") + name_of(sink.confidence) +
            ": " + test::joined(sink.path);
  }
  return text;
}

inline std::string fed(const std::string& text) {
  test::Story story(text);
  return fed(story);
}

/// A function `send` that sets the method PATCH and performs.
inline const std::string kHttp =
    "outside function curl_easy_setopt\n outside function curl_easy_perform\n src/http.cpp:1-9 function send\n"
    "send -> curl_easy_setopt\n send -> curl_easy_perform\n"
    "send : curl_easy_setopt#1 \"CURLOPT_CUSTOMREQUEST\" @3\n send : curl_easy_setopt#2 \"PATCH\" @3\n";

}  // namespace patchgate
