// What users type: filters and addresses. Neither crashes, and an address that is taken is one that may be sent to.
#include "exchange/endpoint.h"
#include "ui/table/orderfilter.h"

#include <cstdint>
#include <cstdlib>

using namespace countermand;
using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    OrderFilter::parse(text);
    QString problem;
    const auto endpoint = Endpoint::fromText(text, &problem);
    if (endpoint && endpoint->baseUrl.scheme() != "https"_L1 && endpoint->baseUrl.scheme() != "http"_L1)
        std::abort();
    if (endpoint.has_value() != problem.isEmpty())
        std::abort();
    return 0;
}
