// The board for whoever asks for it by its address.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "service/method.hpp"

namespace placette::service {

struct BoardPage {
    std::string tag;  // equal ones of one filter: equal boards
    Parts text;       // as board.get's result; empty: what the asker has is it
};

// As board.get, in all but the envelope. `isKnown` says whether the asker has the board of that tag.
Awaitable<Result<BoardPage>> boardPage(Environment&, Caller&, Json params,
                                       std::function<bool(std::string_view tag)> isKnown);

}  // namespace placette::service
