#pragma once

#include "ui/look/theme.h"

namespace countermand {

/// What the user chose in the Preferences dialog.
struct Preferences {
    ThemeChoice theme = ThemeChoice::Auto;
    SideColors sides = SideColors::BlueOrange;
    bool highContrast = false;
    /// Instant cancel of the open account. Off at the next start unless kept.
    bool instantCancel = false;
    bool keepInstantCancel = false;
    /// Minutes without input until the account is locked; 0: never.
    int lockAfterMinutes = 0;
    /// Toasts stay 1, 2 or 4 times as long; 0: until dismissed.
    int toastTimeFactor = 1;
    /// System notifications while the window is in the background.
    bool systemNotices = true;
    /// No order, price or word of the exchange in them.
    bool hideNoticeDetails = true;
    bool reducedMotion = false;
    /// Positions are read, so that the table and the questions can tell what an order means for them.
    bool positions = true;

    friend bool operator==(const Preferences &, const Preferences &) = default;
};

} // namespace countermand
