#!/usr/bin/env bash
# One page for a reviewer: what the verdict asks for comes first, each changed line says whether the tests ran it, the picture has
# who depends on the code and where its data goes, and the command on the page judges the same again.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

new_repository ledger
write src/ledger.c <<'END'
#include <unistd.h>
int fee(int cents) {
  if (cents <= 0) return 0;
  return cents / 10;
}
int book(int cents) {
  int sum = cents + fee(cents);
  return sum < 0 ? unlink("ledger") : sum;
}
int day(void) { return book(100) + book(200); }
END
write tests/fee_test.c <<'END'
int fee(int cents);
int main(void) { return fee(0); }
END
compile_database src/ledger.c tests/fee_test.c
commit base
git checkout -qb fix
write src/ledger.c <<'END'
#include <unistd.h>
int fee(int cents) {
  if (cents < 5)
    return cents;
  return cents / 20;
}
int book(int cents) {
  int sum = fee(cents) + cents;
  return sum < 0 ? unlink("ledger") : sum;
}
int day(void) { return book(100) + book(200); }
END
commit fix
write "cov erage.info" <<END
TN:
SF:src/ledger.c
DA:2,4
DA:3,4
DA:4,0
DA:5,4
DA:8,3
DA:9,3
end_of_record
END

run 0 check --base main --head fix --coverage "cov erage.info" --report html=page.html --report json=report.json \
  --report markdown=comment.md --quiet

# in_page TEXT: the page has it
in_page() {
  if grep -qF -- "$1" page.html; then passed=$((passed + 1)); else
    failed=$((failed + 1))
    echo "FAILED: the page has no $1"
  fi
}
in_page '<td class="number">3</td><td class="ran yes">'
in_page '<td class="number">4</td><td class="ran no">'
in_page '<td class="text">    return cents;</td>'
in_page 'class="kind">file_remove</span> by call: <code>book</code> &rarr; <code>unlink</code>'
in_page 'id="touched"'
in_page "content=\"default-src 'none'"
# In the picture: who is touched, who uses it, and what the last one calls.
for name in fee book day main; do in_page "<title>$name</title>"; done
in_page 'class="touched" data-node="0"'

# The same inputs, the same bytes.
mv page.html first.html
run 0 check --base main --head fix --coverage "cov erage.info" --report html=page.html --quiet
cmp first.html page.html && passed=$((passed + 1)) || failed=$((failed + 1))

# The command on the page, as a browser would copy it.
command=$(python3 - <<'END'
import html, re
page = open("page.html", encoding="utf-8").read()
again = page[page.index('id="again"'):]
print(html.unescape(re.search(r'class="copy">([^<]*)<', again).group(1)))
END
)
words=${command#patchgate }
eval "run 0 $words --report json=again.json --quiet"
python3 -c 'import json, sys
sys.exit(json.load(open("report.json"))["inputs"]["digest"] != json.load(open("again.json"))["inputs"]["digest"])' &&
  passed=$((passed + 1)) || failed=$((failed + 1))

# A comment has the picture as text.
grep -q '^```mermaid$' comment.md && grep -q '"book"' comment.md && passed=$((passed + 1)) || failed=$((failed + 1))

# What can't be judged is a page, too.
git checkout -q --orphan stranger
git commit -qm stranger
run 3 check --base main --head stranger --report html=none.html --quiet
grep -q 'CANNOT JUDGE' none.html && passed=$((passed + 1)) || failed=$((failed + 1))

end_of_story
