// Names of all keys. Those of a territory share its hash tag, so that one function may touch them in a
// cluster.
#pragma once

#include <string>
#include <string_view>

#include "placette/domain/cell.hpp"

namespace placette::redis::keys {

inline std::string tag(std::string_view territory) {
    return "{" + std::string(territory) + "}";
}
inline std::string log(std::string_view territory) {
    return tag(territory) + ":log";
}
inline std::string head(std::string_view territory) {
    return tag(territory) + ":head";
}  // the log's last offset; absent: 0
inline std::string document(std::string_view territory) {
    return tag(territory) + ":territory";
}  // hash: revision, and the document's fields (protocol/territory_document.hpp)
inline std::string cells(std::string_view territory, std::string_view facility, Date date) {
    return tag(territory) + ":cells:" + std::string(facility) + ":" + placette::toText(date);
}
inline std::string history(std::string_view territory, std::string_view facility, Date date) {
    return tag(territory) + ":history:" + std::string(facility) + ":" + placette::toText(date);
}
inline std::string booking(std::string_view territory, std::string_view id) {
    return tag(territory) + ":booking:" + std::string(id);
}

inline const std::string territories = "{placette}:territories";  // set of ids
inline const std::string store = "{placette}:store";              // hash: id, schema
inline const std::string facilities = "{placette}:facilities";    // hash: facility -> its territory
inline const std::string accountsLog = "{placette}:log";

}  // namespace placette::redis::keys
