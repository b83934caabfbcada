#!/usr/bin/env python3
"""Reads the golden reports of the formats for code hosts as their readers do, and holds them to the readers' rules."""
import json
import pathlib
import re
import sys
import unittest
import urllib.parse
import xml.etree.ElementTree as ElementTree

GOLDEN = pathlib.Path(sys.argv.pop(1))
STORIES = ("sample", "allow", "none", "proven")


def read(story, name):
    return (GOLDEN / f"{story}.{name}").read_text(encoding="utf-8")


def effects(story):
    return [rule["effect"] for rule in json.loads(read(story, "json"))["verdict"]["rules"]]


class Sarif(unittest.TestCase):
    """What GitHub's code scanning asks for."""

    def test_every_story(self):
        for story in STORIES:
            log = json.loads(read(story, "sarif"))
            self.assertEqual(log["version"], "2.1.0")
            (run,) = log["runs"]
            rules = run["tool"]["driver"]["rules"]
            self.assertEqual(len({rule["id"] for rule in rules}), len(rules))
            for rule in rules:
                self.assertTrue(rule["help"]["text"])
                self.assertLessEqual(len(rule["shortDescription"]["text"]), 1024)
                self.assertNotIn("security-severity", rule["properties"])
            fingerprints = set()
            for result in run["results"]:
                self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
                self.assertIn(result["level"], ("none", "note", "warning", "error"))
                self.assertLessEqual(len(result["message"]["text"]), 2048)
                self.assertEqual(len(result["locations"]), 1)
                for place in result["locations"] + result.get("relatedLocations", []):
                    physical = place["physicalLocation"]
                    uri = physical["artifactLocation"]["uri"]
                    self.assertEqual(urllib.parse.quote(urllib.parse.unquote(uri), safe="/~"), uri)
                    self.assertFalse(uri.startswith(("/", "./")))
                    region = physical["region"]
                    self.assertGreaterEqual(region["startLine"], 1)
                    self.assertGreater(region["endColumn"], region["startColumn"])
                ids = [place["id"] for place in result.get("relatedLocations", [])]
                for link in re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"]):
                    self.assertIn(int(link), ids)
                fingerprints.add(result["partialFingerprints"]["patchgate/v1"])
            self.assertEqual(len(fingerprints), len(run["results"]))

    def test_what_blocks_is_an_error(self):
        for story in STORIES:
            levels = [result["level"] for result in json.loads(read(story, "sarif"))["runs"][0]["results"]]
            self.assertEqual("error" in levels, "block" in effects(story) or story == "none")


class GitLab(unittest.TestCase):
    def test_every_story(self):
        for story in STORIES:
            issues = json.loads(read(story, "gitlab"))
            for issue in issues:
                self.assertEqual(set(issue), {"description", "check_name", "fingerprint", "severity", "location"})
                self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
                self.assertTrue(issue["location"]["path"])
                self.assertGreaterEqual(issue["location"]["lines"]["begin"], 1)
            self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))


class JUnit(unittest.TestCase):
    def test_every_story(self):
        for story in STORIES:
            root = ElementTree.fromstring(read(story, "junit"))
            (suite,) = root.findall("testsuite")
            cases = suite.findall("testcase")
            self.assertEqual(int(suite.get("tests")), len(cases))
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
            self.assertEqual(int(suite.get("errors")), len(suite.findall("testcase/error")))
            self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")))
            self.assertEqual(len(suite.findall("testcase/failure")), effects(story).count("block"))
            self.assertEqual(len(suite.findall("testcase/error")), 1 if story == "none" else 0)


class Rdjson(unittest.TestCase):
    def test_every_story(self):
        for story in STORIES:
            document = json.loads(read(story, "rdjson"))
            self.assertEqual(document["source"]["name"], "patchgate")
            for diagnostic in document["diagnostics"]:
                self.assertIn(diagnostic["severity"], ("ERROR", "WARNING", "INFO"))
                self.assertTrue(diagnostic["location"]["path"])
                self.assertTrue(diagnostic["message"])


class GitHub(unittest.TestCase):
    def test_every_story(self):
        for story in STORIES:
            lines = read(story, "github").splitlines()
            commands = [line for line in lines if line.startswith("::")]
            self.assertLessEqual(len(commands), 10)
            for line in commands:
                self.assertRegex(line, r"^::(error|warning|notice) file=[^:,]+,line=[1-9]\d*,title=[^:,]+::.+$")
            self.assertTrue(lines[-1].startswith("patchgate: "))


if __name__ == "__main__":
    unittest.main()
