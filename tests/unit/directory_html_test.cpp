#include <string>

#include "kiosk/core/strings.h"
#include "kiosk/directory/html_text.h"
#include "tests/unit/catch.h"

using namespace kiosk::directory;

TEST_CASE("html: blocks become paragraphs and white space folds") {
  CHECK(html_to_text("<h1>About Us</h1>\n\n<p>We   help\nyoung people.</p><div>Come<br>along</div>") ==
        "About Us\nWe help young people.\nCome\nalong");
  CHECK(html_to_text("<p><br></p><p>&nbsp;</p>").empty());
  CHECK(html_to_text("one <b>bold</b><i>er</i> word") == "one bolder word");
}

TEST_CASE("html: lists keep their marks") {
  CHECK(html_to_text("<p>Bring:</p><ul><li>a bag</li><li><p>your card</p></li><li></li></ul><p>Thanks</p>") ==
        "Bring:\n• a bag\n• your card\nThanks");
  CHECK(html_to_text("<ol><li>Ring<ul><li>ask for Ann</li></ul></li><li>Wait</li></ol>") ==
        "1. Ring\n• ask for Ann\n2. Wait");
  CHECK(html_to_text("<p>\xEF\x82\xB7 from a word processor</p>") == "• from a word processor");
}

TEST_CASE("html: table cells stay apart, rows become lines") {
  CHECK(html_to_text("<table><tr><th>Day</th><th>Hours</th></tr><tr><td>Mon</td><td>9-5</td></tr></table>") ==
        "Day Hours\nMon 9-5");
}

TEST_CASE("html: entities are decoded once") {
  CHECK(html_to_text("<p>Fish &amp; chips &lt;b&gt; &pound;5 &#8211; caf&eacute;</p>") == "Fish & chips <b> £5 – café");
  CHECK(html_to_text("<p>&amp;nbsp;&amp;lt;script&amp;gt;</p>") == "&nbsp;&lt;script&gt;");
  CHECK(html_to_text("Advice &amp; Support, 5 < 6") == "Advice & Support, 5 < 6");
  CHECK(html_to_text("a&nbsp;b &nbsp; c") == "a b c");
}

TEST_CASE("html: what is not text is dropped") {
  CHECK(html_to_text("<style>p{color:red}</style><script>alert('x')</script><p style='x' onclick='y'>Yes"
                     "<img alt='no' src='data:image/png;base64,AAAA'><!-- no --></p><iframe>no</iframe>"
                     "<svg><text>no</text></svg>") == "Yes");
}

TEST_CASE("html: text without tags keeps its lines") {
  CHECK(html_to_text("First line\n\nSecond  line\r\nThird") == "First line\nSecond line\nThird");
  CHECK(html_to_text("Tom &amp; Ann\nSecond") == "Tom & Ann\nSecond");
  CHECK(html_to_line("Advice &amp;\n Support") == "Advice & Support");
}

TEST_CASE("html: characters that mislead are removed") {
  CHECK(html_to_text("<p>a\u202Eb\u2066c\u200Bd\u00ADe\uFEFF</p>") == "abcde");
  CHECK(html_to_text("<p>x&#x202e;y&#8203;z</p>") == "xyz");
  CHECK(clean_text("bell\a nul" + std::string(1, '\0') + "l\x7f tab\tend") == "bell null tab end");
  CHECK(clean_text("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645") ==
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");  // joiners belong to the word
  CHECK(kiosk::core::is_valid_utf8(html_to_text("<p>\xff\xfe broken \xc3</p>")));
}

TEST_CASE("html: broken and hostile markup ends in time and in bounds") {
  CHECK(html_to_text("<p>open <b>never closed") == "open never closed");
  CHECK(html_to_text("</div></p>stray") == "stray");
  CHECK(html_to_text("<p>one</p></body></html><p>two</p>") == "one\ntwo");
  CHECK(html_to_text("<p>5 <6 and 7> 2</p>").find("and 7> 2") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<b>";
  for (int i = 0; i < 100000; ++i) deep += "</i>";
  html_to_text(deep);
  std::string lists;
  for (int i = 0; i < 50000; ++i) lists += "<ul><li>x";
  CHECK(html_to_text(lists).size() <= kMaxTextBytes);
  CHECK(html_to_text("<p>" + std::string(3 << 20, 'x')).size() <= kMaxTextBytes);
  CHECK(html_to_text(std::string(3 << 20, '<')).size() <= kMaxTextBytes);
  CHECK(html_to_text(std::string(1 << 20, '&')).size() <= kMaxTextBytes);
}
