// What people write in several ways and mean as one: names that one signs in with, and references of cases.
// One over capitals, Unicode's forms and the blanks around; accents and marks count.
#pragma once

#include <string>
#include <string_view>

namespace placette {

// Of a name in a spreadsheet: one over accents and kinds of apostrophes as well. « L’Île aux Câlins » is
// "l'ile aux calins".
std::string nameKey(std::string_view);

// UTF-8 in, UTF-8 out. "Élise@ccpd.fr " and "élise@CCPD.FR" are "élise@ccpd.fr".
std::string accountKey(std::string_view typed);
// Letters, digits and ._@+-, 1 to 64 characters: what an account can be called.
bool isAccountId(std::string_view text);

// "g  é1" and "G É1" are "G É1": blanks within are one, whichever they are. Empty: it is blank.
std::string caseKey(std::string_view reference);
std::string otherCaseKey(std::string_view reference);  // the same; empty also where it is written like that

}  // namespace placette
