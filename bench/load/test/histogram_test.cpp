#include "histogram.hpp"

#include <catch2/catch.hpp>

using load::Histogram;
using load::Nanos;

TEST_CASE("a histogram that saw nothing says 0") {
    const Histogram none;
    CHECK(none.quantile(0.5) == 0);
    CHECK(none.max() == 0);
}

TEST_CASE("one value is each quantile, to 1 %") {
    for (const Nanos value : {0L, 1L, 127L, 128L, 255L, 256L, 1'000'000L, 12'345'678'901L}) {
        Histogram one;
        one.add(value);
        CHECK(one.max() == value);
        CHECK(one.quantile(0.5) == value);  // no more than the greatest that was seen
        one.add(4 * value + 4);
        CHECK(one.quantile(0.5) >= value);
        CHECK(static_cast<double>(one.quantile(0.5)) <= static_cast<double>(value) * 1.01);
    }
}

TEST_CASE("quantiles of even distances") {
    Histogram all;
    for (Nanos value = 1; value <= 100'000; ++value) all.add(value);
    CHECK(all.quantile(0.5) == Approx(50'000).epsilon(0.01));
    CHECK(all.quantile(0.99) == Approx(99'000).epsilon(0.01));
    CHECK(all.quantile(1) == 100'000);
}
