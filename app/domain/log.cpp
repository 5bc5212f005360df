#include "domain/log.h"

namespace countermand {

Q_LOGGING_CATEGORY(netLog, "countermand.net", QtWarningMsg)
Q_LOGGING_CATEGORY(feedLog, "countermand.feed", QtWarningMsg)
Q_LOGGING_CATEGORY(cancelLog, "countermand.cancel", QtWarningMsg)
Q_LOGGING_CATEGORY(keychainLog, "countermand.keychain", QtWarningMsg)
Q_LOGGING_CATEGORY(journalLog, "countermand.journal", QtWarningMsg)

} // namespace countermand
