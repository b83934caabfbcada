#!/usr/bin/env bash
# Not only functions: a patch of each kind of thing that code is made of names it, and says who depends on it.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write src/config.h <<'C'
#ifndef CONFIG_H
#define CONFIG_H
#define WITH_TAX 1
#define RATE 3
#define TWICE(x) ((x) * RATE)
#define CHECK(x) if (!(x)) fail()
enum { kRooms = 4, kBeds };
#endif
C
write src/types.h <<'C'
#ifndef TYPES_H
#define TYPES_H
#include "config.h"
struct Price { int cents; int tax; };
struct Room { Price price; Price* link; int beds[kBeds]; };
struct Suite : Room { int doors; };
using Amount = Price;
typedef struct Guest { int age; } Guest;
extern int open_rooms;
extern const int limit;
template <class T> concept Priced = requires(T t) { t.price; };
void fail();
#if WITH_TAX
int tax(const Price& p);
#endif
#endif
C
write src/use.cpp <<'C'
#include "types.h"
int open_rooms = 0;
const int limit = 9;
void fail() {}
int tax(const Price& p) { return p.tax; }
int rate() { return RATE; }
int twice() { return TWICE(2); }
void check(int x) { CHECK(x); }
unsigned size_of() { return sizeof(Price); }
Room* make() { return new Room(); }
int by_member(Room* r) { return r->price.cents; }
void raise(Price* p) { p->cents = 2; }
int age(Guest* g) { return g->age; }
Amount amount() { return {}; }
int rooms[kRooms];
bool is_open() { return open_rooms < limit; }
void shut() { open_rooms = 0; }
int doors(Suite& s) { return s.doors; }
template <Priced T> int cheap(T& t) { return t.price.cents; }
int ask(Room& r) { return cheap(r); }
C
git switch -qc release/1
commit "rooms"
compile_database src/use.cpp
sed -i 's/c++17/c++20/' compile_commands.json
echo compile_commands.json >.git/info/exclude

# edge KINDS LINE: `graph export` of these kinds has that edge: "caller kind callee"
edge() {
  "$PATCHGATE" graph export --quiet --rev release/1 --kinds "$1" | awk -F '\t' '{print $1, $7, $4}' >"$story_folder/edges"
  out=$(cat "$story_folder/edges") err=
  if grep -qxF -- "$2" "$story_folder/edges"; then passed=$((passed + 1)); else says "an edge '$2'"; fi
}
edge macro "rate macro RATE"
edge macro "TWICE macro RATE"
edge macro "tax macro WITH_TAX"
edge macro "check macro CHECK"
edge call "CHECK call fail"
edge type "size_of type Price"
edge type "make type Room"
edge type "Room::price type Price"
edge type "raise type Price"
edge type "Suite type Room"
edge type "Amount type Price"
edge read "rooms read kRooms"
edge read "Room::beds read kBeds"
edge write "raise write Price::cents"
edge read "by_member read Price::cents"
edge write "shut write open_rooms"
edge read "is_open read limit"
edge read "cheap read Priced"
edge include "src/use.cpp include src/types.h"

# What is touched, by a patch that sed makes, and how many use it surely: directly, in all.
# name | kind | change | directly | in all | file | expression
number=0
while IFS='|' read -r name kind how direct all file expression; do
  number=$((number + 1))
  git switch -qc "noun$number" release/1
  sed -i "$expression" "$file"
  git commit -qam "$name"
  run 0 check --base release/1 --head "noun$number" --policy builtin:baseline@1 --report json=../noun.json
  found=$(python3 - "$name" <<'P'
import json, sys
for s in json.load(open("../noun.json"))["symbols"]:
    if s["name"] == sys.argv[1]:
        print(s["kind"], s["change"], s["fan_in"]["direct"][0], s["fan_in"]["transitive"][0], sep="|")
P
)
  out=$found err="touched by: $expression"
  says "$kind|$how|$direct|$all"
  git switch -q release/1
done <<'T'
RATE|macro|body|2|3|src/config.h|s/RATE 3/RATE 4/
TWICE|macro|body|1|1|src/config.h|s/(x) \*/(x) +/
CHECK|macro|body|1|1|src/config.h|s/fail()/(fail())/
WITH_TAX|macro|body|1|1|src/config.h|s/WITH_TAX 1/WITH_TAX 2/
kRooms|enumerator|value|2|3|src/config.h|s/kRooms = 4/kRooms = 5/
Price|type|layout|9|14|src/types.h|s/int cents; int tax;/int cents; long more; int tax;/
Price::cents|field|layout|3|4|src/types.h|s/int cents;/long cents;/
Room|type|layout|5|6|src/types.h|s/Price\* link;/Price* link; int extra;/
Suite|type|layout|1|1|src/types.h|s/int doors;/int doors; int keys;/
Guest|type|layout|1|1|src/types.h|s/int age;/int age; int name;/
Amount|type|layout|1|1|src/types.h|s/Amount = Price/Amount = Room/
open_rooms|variable|value|2|2|src/use.cpp|s/open_rooms = 0;$/open_rooms = 1;/
limit|variable|value|1|1|src/use.cpp|s/limit = 9/limit = 8/
Priced|variable|value|1|2|src/types.h|s/t.price;/t.price; t.link;/
T

# An include that changes nothing that is used touches nothing; one that does touches who means something else by it.
git switch -qc include1 release/1
echo 'int unrelated();' | write src/more.h
sed -i '1i #include "more.h"' src/use.cpp
commit "an include"
run 0 check --base release/1 --head include1 --policy builtin:baseline@1 --report json=../include.json
json_is ../include.json "['symbols']" "[]"
json_is ../include.json "['analysis']['blind_spots']" "['no test was recognised in this project: tests in other languages, and tests that no compile command names, are not looked at']"
git switch -qc include2 release/1
printf '#undef RATE\n#define RATE 5\n' | write src/more.h
sed -i '1a #include "more.h"' src/use.cpp
commit "another rate"
run 0 check --base release/1 --head include2 --policy builtin:baseline@1 --report json=../include.json
json_is ../include.json "['symbols'][0]['name']" RATE
out=$(python3 -c "import json; print([s['name'] for s in json.load(open('../include.json'))['symbols']])") err=
says "'rate'"

end_of_story
