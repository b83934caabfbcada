#!/usr/bin/env bash
# When nothing is to be deployed: the calendar on the base, its time zones, the clock as a recorded input, and what the reports say.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:baseline@1"] }
J
write notes.txt <<'T'
one
T
commit 'a policy'
git switch -qc plain
echo two >>notes.txt
commit 'a change'

# Without a calendar no clock is read: the report is the same whenever it is written.
run 0 check --base main --head plain --report json=none.json --quiet
json_is none.json "['inputs']['now']" None
json_is none.json "['inputs']['calendar']" None
json_is none.json "['calendar']" None
json_is none.json "['facts']['calendar.frozen']['value']" False
json_is none.json "['facts']['calendar.minutes_to_freeze']['value']" 527040

# A calendar that the patch brings is not asked.
git switch -q main
write calendar.good <<'J'
{
  "calendar": 1,
  "tz": "Europe/Berlin",
  "windows": [
    { "id": "year-end", "from": "2026-12-18T18:00", "to": "2027-01-04T08:00", "reason": "few people are there" },
    { "id": "weekend", "from": "friday 16:00", "to": "monday 08:00", "reason": "nobody is there" },
    { "id": "nepal-night", "days": ["tuesday"], "from": "22:00", "to": "06:00", "tz": "Asia/Kathmandu", "reason": "the batch runs" }
  ],
  "late": [
    { "id": "afternoon", "days": ["monday", "tuesday", "wednesday", "thursday"], "from": "16:00", "to": "24:00", "reason": "who would watch it?" }
  ]
}
J
git switch -qc own-calendar plain
mkdir -p .patchgate && cp calendar.good .patchgate/calendar.json
git add .patchgate && git commit -qm 'a calendar of its own'
run 0 check --base main --head own-calendar --now 2026-11-28T12:00:00Z --report json=own.json --quiet
json_is own.json "['facts']['calendar.frozen']['value']" False
json_is own.json "['facts']['patch.gate_files.count']['value']" 1

git switch -q main
mkdir -p .patchgate && cp calendar.good .patchgate/calendar.json
git add .patchgate && git commit -qm 'a calendar'

# freeze_at TIME: judged at that time
freeze_at() { run 0 check --base main --head plain --now "$1" --report text json=report.json --quiet; }

freeze_at 2026-11-23T09:00:00+01:00
says 'ALLOW'
says 'calendar: next freeze in 32 h: nepal-night, 2026-11-24 22:00 Asia/Kathmandu'
json_is report.json "['facts']['calendar.frozen']['value']" False
json_is report.json "['facts']['calendar.minutes_to_freeze']['value']" 1935
json_is report.json "['facts']['clock.hour']['value']" 9
json_is report.json "['facts']['clock.weekday']['value']" monday
json_is report.json "['inputs']['now']" '2026-11-23T09:00:00+01:00'
json_is report.json "['inputs']['calendar']['source']" 'base:.patchgate/calendar.json'
json_is report.json "['inputs']['calendar']['tz']" Europe/Berlin

freeze_at 2026-12-20T12:00:00Z
says 'WARN'
says 'baseline/freeze: a freeze window is open'
says 'required: no freeze window of the calendar is open'
says 'calendar: frozen by year-end until 2027-01-04 08:00 Europe/Berlin (few people are there)'
says 'calendar: frozen by weekend until 2026-12-21 08:00 Europe/Berlin (nobody is there)'
says 'calendar: no freeze is open any more from 2027-01-04T08:00:00+01:00'
says 'Wait until the freeze is over: year-end until 2027-01-04T08:00:00+01:00: few people are there'
json_is report.json "['facts']['calendar.windows']['value']" weekend,year-end
json_is report.json "['facts']['calendar.frozen']['from']" "[{'file': '.patchgate/calendar.json', 'line': 5}, {'file': '.patchgate/calendar.json', 'line': 6}]"

freeze_at 2027-01-04T06:59:59Z
says 'frozen by year-end'
freeze_at 2027-01-04T07:00:00Z
says 'ALLOW'
freeze_at 2026-11-24T17:00:00Z
says 'frozen by nepal-night until 2026-11-25 06:00 Asia/Kathmandu (the batch runs)'
says 'late by afternoon until 2026-11-25 00:00 Europe/Berlin (who would watch it?)'
run 0 check --base main --head plain --now 2026-12-20T12:00:00Z --report markdown --quiet
says 'frozen by year-end until 2027-01-04 08:00 Europe/Berlin'

# A rule of the team's own, that blocks.
write "$story_folder/policy.json" <<'J'
{ "policy": 1, "rules": [
  { "id": "team/freeze", "level": "block", "require": { "fact": "calendar.frozen", "is": false } },
  { "id": "team/friday", "level": "block", "when": { "all": [
      { "fact": "clock.weekday", "is": "friday" }, { "fact": "clock.hour", "at_least": 12 } ] },
    "require": { "fact": "patch.files.count", "at_most": 0 } },
  { "id": "team/soon", "level": "warn", "require": { "fact": "calendar.minutes_to_freeze", "at_least": 60 } } ] }
J
run 1 check --base main --head plain --policy "$story_folder/policy.json" --now 2026-12-20T12:00:00Z --quiet
says 'team/freeze'
run 1 check --base main --head plain --policy "$story_folder/policy.json" --now 2026-11-27T11:00:00Z --quiet
says 'team/friday'
run 0 check --base main --head plain --policy "$story_folder/policy.json" --now 2026-11-26T11:00:00Z --quiet

# Without --now the clock is read where a rule asks, and recorded: with that time the report is the same to the byte.
run 0 check --base main --head plain --report json=first.json --quiet
now=$(python3 -c "import json; print(json.load(open('first.json'))['inputs']['now'])")
if [[ $now == 20??-??-??T??:??:??Z ]]; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
  echo "FAILED: no time was recorded: $now"
fi
run 0 check --base main --head plain --report json=second.json --now "$now" --quiet
cmp first.json second.json && passed=$((passed + 1)) || failed=$((failed + 1))

# No time zone database: unknown and said so, never UTC.
mkdir "$story_folder/empty"
run 1 check --base main --head plain --policy "$story_folder/policy.json" --now 2026-11-26T11:00:00Z --zoneinfo "$story_folder/empty" --report text json=report.json --quiet
says 'there is no time zone Europe/Berlin in the database of this machine'
json_is report.json "['facts']['clock.hour']['unknown']" 'there is no time zone Europe/Berlin in the database of this machine'
run 1 check --base main --head plain --policy "$story_folder/policy.json" --now 2026-11-26T11:00:00Z --zoneinfo "$story_folder/gone" --quiet
says 'this machine has no time zone database (package tzdata)'

# What is wrong with a calendar is an error with its place, and nothing is judged.
run 0 policy check
says '.patchgate/calendar.json: 3 freezes, 1 late hours'
sed -e 's/Europe\/Berlin/Europe\/Berlln/' -e 's/"reason": "nobody/"reasn": "nobody/' calendar.good >.patchgate/calendar.json
git add .patchgate && git commit -qm 'a calendar with mistakes'
run 2 policy check
says '.patchgate/calendar.json:6:5: a window needs '"'reason'"
says ".patchgate/calendar.json:6:70: unknown key 'reasn'; did you mean 'reason'?"
run 2 check --base main --head plain --report json=report.json --quiet
json_is report.json "['verdict']['decision']" none
sed -e 's/Europe\/Berlin/Europe\/Berlln/' calendar.good >.patchgate/calendar.json
git add .patchgate && git commit -qm 'a calendar with one mistake'
run 2 policy check
says ".patchgate/calendar.json:3:9: there is no time zone Europe/Berlln in the database of this machine; did you mean 'Europe/Berlin'?"
sed -e 's/2026-12-18T18:00/2026-03-29T02:30/' calendar.good >.patchgate/calendar.json
git add .patchgate && git commit -qm 'a calendar with a time that does not exist'
run 2 policy check
says '.patchgate/calendar.json:5:33: there is no 2026-03-29 02:30 in Europe/Berlin: clocks are put forward over it'
run 2 check --base main --head plain --quiet
says 'there is no 2026-03-29 02:30 in Europe/Berlin'
end_of_story
