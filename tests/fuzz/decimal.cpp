// A number's text comes back digit for digit, and its arithmetic agrees with itself.
#include "domain/decimal.h"

#include <QString>

#include <cstdint>
#include <cstdlib>

using namespace countermand;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromLatin1(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto left = Decimal::fromText(text.section(u' ', 0, 0));
    const auto right = Decimal::fromText(text.section(u' ', 1, 1));
    if (left && Decimal::fromText(left->toText()) != left)
        std::abort();
    if (!left || !right)
        return 0;
    const auto difference = left->minus(*right);
    if (difference && difference->isZero() != (*left == *right))
        std::abort();
    const auto product = left->times(*right);
    const auto turned = right->times(*left);
    if (product.has_value() != turned.has_value() || (product && *product != *turned))
        std::abort();
    return 0;
}
