#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>

namespace countermand {

/// Overwrites memory with zeros, which no compiler leaves out.
void wipe(void *memory, std::size_t size);

/// Overwrites the bytes with zeros and empties the array. One that shares its bytes with others is only emptied: they
/// are the others' to wipe.
void wipe(QByteArray &bytes);
/// The same for characters.
void wipe(QString &text);

/// Overwrites the bytes of everybody who shares them, for what a library keeps and nobody needs any more. Bytes that
/// belong to no array, as those of a literal, are left alone.
void wipeForAll(QByteArray &bytes);

/// What this thread frees while one lives is overwritten: for what a library frees as it is, and lets nobody reach
/// before. Certain with glibc's heap; with another one only what it would give out again first. Not to be nested.
class WipesWhatIsFreed
{
public:
    WipesWhatIsFreed();
    ~WipesWhatIsFreed();
    WipesWhatIsFreed(const WipesWhatIsFreed &) = delete;
    WipesWhatIsFreed &operator=(const WipesWhatIsFreed &) = delete;
};

} // namespace countermand
