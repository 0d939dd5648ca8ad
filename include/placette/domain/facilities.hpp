// A territory's facilities, in the order of its document, each id once. They are immutable, and versions of a
// territory share those that did not change: copying a list copies no facility, and comparing two lists looks
// into those alone that they do not share.
#pragma once

#include <boost/iterator/indirect_iterator.hpp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "placette/domain/facility.hpp"

namespace placette {

class Facilities {
public:
    using Shared = std::shared_ptr<const Facility>;
    using const_iterator = boost::indirect_iterator<std::vector<Shared>::const_iterator>;

    const_iterator begin() const { return all_.begin(); }
    const_iterator end() const { return all_.end(); }
    std::size_t size() const { return all_.size(); }
    bool empty() const { return all_.empty(); }
    const Facility& operator[](std::size_t position) const { return *all_[position]; }

    // Null: there is none. Who goes through another version of the list says where it is `likely` to be.
    const Facility* find(std::string_view id, std::size_t likely = 0) const;

    void put(Facility);  // in the place of the one with its id, or at the end
    void add(Facility);  // at the end: no other has its id
    void remove(std::string_view id);

    bool operator==(const Facilities&) const;
    bool sameIds(const Facilities&) const;  // in the same order

private:
    std::vector<Shared>::const_iterator at(std::string_view id) const;

    std::vector<Shared> all_;
};

}  // namespace placette
