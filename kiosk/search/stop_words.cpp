#include "kiosk/search/stop_words.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>

#include "kiosk/search/tokenizer.h"

namespace kiosk::search {

namespace {

// Words without which a sentence keeps its subject. Short on purpose: frequent nouns are weighed by their frequency.
struct List {
  std::string_view language, words;
};
constexpr List kLists[] = {
    {"en",
     "a about am an and any are as at be because been being but by can cannot cant could d did didn didnt do does "
     "doesn "
     "doesnt doing don dont "
     "for from get gets getting got had hadnt has hasn hasnt have haven havent having he help her hers him his how i "
     "if in into is isn isnt it its just "
     "ll "
     "m me mine my need needs needing no not of on or our ours please re s she should so some such t than that the "
     "their "
     "them then there these they this those through to too us ve very want wants wanting was wasn wasnt we were what "
     "when "
     "where which while who whom whose why will with won wont would you your yours"},
    {"cy",
     "a ac am ar at beth ble cael chi ddim dw dwi ei eich eu fi fy gan gyda hi i mae n na nad ni o oes oedd os pan pam "
     "pryd r rydw rwy sut sydd un wedi wrth y ydw ydy yn yng ym yr"},
    {"pl",
     "a aby ale albo by byc chce ci czy dla do gdzie go i ich ile ja jak jaki jakie jest jestem kiedy kto ktory "
     "lub "
     "ma mam mi mnie moge moj moja moje musze my na nie o od po potrzebuje prosze przez sa sie sobie ta tak ten to u w "
     "we z za ze sie moim mojej mnie nam jej jego bardzo mozna chcialbym chcialabym trzeba"},
    {"ar",
     "في من على عن الى أن إن أنا هل ما ماذا كيف اين أين متى لماذا هذا هذه ذلك التي الذي مع أو و لي كان يا لا أريد"},
    {"es",
     "a al como con cual cuando de del donde el en es esta hay la las lo los me mi mis necesito no o para pero por "
     "que quiero se si sin su sus tengo un una y yo donde estoy mucho muy hacer ir mio mia tiene"},
    {"fr",
     "a au aux avec ce cette comment d dans de des du elle en est et il j je l la le les ma me mes mon ne nous ou "
     "par pas pour quand que qui s se si son sur un une vous ai suis dois veux voudrais besoin faire aller mon trop "
     "tres"},
    {"pt",
     "a ao as com como da das de do dos e em eu meu minha na nao no nos o onde os ou para pelo por preciso quando "
     "que quero se sem um uma onde estou tenho muito ando fazer ir fica"},
    {"ro",
     "a ai al am ale ar are as asta avea ca care ce cineva cu cum de din dupa e este eu fi fost in imi isi la ma mea "
     "mele "
     "meu mi mie mult nici nu o pe pentru prea sa sau se si sunt te un una unde unei unui va vreau"},
    {"tr",
     "ama ben beni benim bana bir bu cok da daha de diye en gibi hic icin ile istiyorum ki kadar lazim mi mu nasil ne "
     "nerede nereye o olan onun sey su var ve veya ya yok"},
    {"uk",
     "а або але без був була буде вже ви він вона вони все де для до є же за з зі і й із їх його її як який яка які "
     "коли "
     "куди мене мені мій моя моє мої мною на наш не немає ні нам о от по при про потрібно потрібна потрібен скільки та "
     "так "
     "таке там те ти то тут у хочу це чи що щоб я"},
    {"ur",
     "اور از اب اپنا اپنی اپنے ایک اس ان بار بھی بہت تو تھا تھی تک جو جا جانا چاہتا چاہتی چاہیے چاہئے دو رہا رہی رہے "
     "سے "
     "کا کی کے کو کر کرنا کرنی کرنے کہ کہاں کیا کیسے کوئی گا گی گئی گیا لیے لئے میں میرا میری میرے مجھے نہیں نہ نے وہ "
     "ہم ہو "
     "ہوں ہے ہیں ہوا ہوئی یہ پر"},
    {"pa",
     "ਅਤੇ ਆਪਣਾ ਆਪਣੀ ਆਪਣੇ ਇਹ ਇਸ ਇੱਕ ਉਹ ਉਸ ਸੀ ਹਨ ਹਾਂ ਹੈ ਹੋ ਹੋਇਆ ਹੋਈ ਹੀ ਕਰ ਕਰਨ ਕਰਨਾ ਕਰਨੀ ਕਿ ਕਿਵੇਂ ਕਿੱਥੇ ਕੀ ਕੋਈ ਗਈ ਗਿਆ ਚਾਹੀਦਾ ਚਾਹੀਦੀ "
     "ਚਾਹੁੰਦਾ ਜੋ ਤਾਂ ਤੇ ਤੋਂ ਦਾ ਦੀ ਦੇ ਨਹੀਂ ਨਾ ਨਾਲ ਨੂੰ ਨੇ ਬਹੁਤ ਮੇਰਾ ਮੇਰੀ ਮੇਰੇ ਮੈਂ ਮੈਨੂੰ ਰਹੀ ਰਿਹਾ ਲਈ ਵਿੱਚ ਵਿਚ"},
    {"bn",
     "আমি আমার আমাকে আমাদের আছে আর একটা একটি এই ও ওই করা করতে করি করে কি কী কীভাবে কিভাবে কোথায় কোন খুব গেছে চাই জন্য "
     "জন্যে তার থেকে না নাই নেই "
     "পারি পারছি যে সে হয় হবে হয়েছে দিয়ে বা সাথে"},
    {"gu",
     "અને આ એ એક કઈ કરવા કરવી કરવું કે કેવી રીતે કોઈ ક્યાં ગઈ ગયું ગયો ગયા છું છે છો જે તે તો થી થયું દે નથી ના ની નું નો ને પણ બહુ મને મારા "
     "મારી મારું "
     "મારો માટે માં મેં જોઈએ રહે રહી રહ્યો હું હોય હતું પર"},
    {"so",
     "aad ah ahay an aan anigu ayaa baa badan ee iga igu iyo in inaan inan ka kasta ku kuma la leh lahaa loo ma maan "
     "mid "
     "miyaa sidee si uu u waa waan waxaan wax way waxa xagee halkee marka meel rabaa doonayaa"},
};

constexpr List kWeakLists[] = {
    {"en",
     "advice applies apply applying application applications ask council councils detail details enquiries enquiry "
     "find "
     "finding form forms general information local new offer online organise organising pay paying provide provided "
     "register registering report reporting reports request requesting requests scheme schemes service services use "
     "using work works"},
};

// Folded as queries are, so that the lists above can be written as people spell.
using Words = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

Words fold_lists(std::span<const List> lists) {
  Words folded;
  for (const List& list : lists) {
    auto& words = folded[std::string(list.language)];
    for (const Token& token : tokenize(list.words, 1000)) words.insert(token.word);
  }
  return folded;
}

const Words& stop_lists() {
  static const Words lists = fold_lists(kLists);
  return lists;
}

bool holds(const Words& lists, std::string_view word, std::string_view language) {
  const auto in = [&](std::string_view which) {
    const auto list = lists.find(which);
    return list != lists.end() && list->second.contains(word);
  };
  return in("en") || (language != "en" && in(language));
}

}  // namespace

bool is_stop_word(std::string_view word, std::string_view language) { return holds(stop_lists(), word, language); }

bool is_own_stop_word(std::string_view word, std::string_view language) {
  const auto list = stop_lists().find(language);
  return list != stop_lists().end() && list->second.contains(word);
}

bool is_weak_word(std::string_view word, std::string_view language) {
  static const Words lists = fold_lists(kWeakLists);
  return holds(lists, word, language);
}

}  // namespace kiosk::search
