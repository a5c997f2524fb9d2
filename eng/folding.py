#!/usr/bin/env python3
"""Writes src/MemoryDapr/Stores/Analysis/folding.txt: what each character folds to (NFKC, case folded, diacritics removed).

The apps run without ICU, where .NET does not normalise; the table is what they use instead. Changing it changes the terms of
every index: raise AnalysisVersion with it. usage: eng/folding.py > src/MemoryDapr/Stores/Analysis/folding.txt
"""
import unicodedata

# Letters whose stroke or ligature Unicode does not decompose, as people type them without the right keyboard.
PLAIN = {'ø': 'o', 'đ': 'd', 'ł': 'l', 'ħ': 'h', 'ı': 'i', 'ŧ': 't', 'æ': 'ae', 'œ': 'oe', 'þ': 'th', 'ð': 'd'}


def is_diacritic(mark):
    # Marks above, below and through letters, Hebrew points, Arabic vowels. Not the vowel signs of Indic and South-East Asian
    # scripts nor the voicing marks of kana: without those they are other words.
    weight = unicodedata.combining(mark)
    return unicodedata.category(mark) == 'Mn' and (weight == 1 or 10 <= weight <= 36 or weight >= 200)


def fold(character):
    text = unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', character).casefold())
    text = ''.join(c for c in unicodedata.normalize('NFD', text) if not is_diacritic(c))
    return ''.join(PLAIN.get(c, c) for c in unicodedata.normalize('NFC', text))


changed = []
for code in range(0x80, 0x110000):
    if not (0xAC00 <= code <= 0xD7A3 or 0xD800 <= code <= 0xDFFF):
        folded = fold(chr(code))
        if folded != chr(code) and unicodedata.category(chr(code)) not in ('Cn', 'Co'):
            changed.append((code, [ord(c) for c in folded]))

print(f'# Unicode {unicodedata.unidata_version}. One line per run: first code, then the codes it folds to; with a count n, the n codes')
print('# from the first on fold to one code each, counted up likewise. Hexadecimal. Made by eng/folding.py.')
i = 0
while i < len(changed):
    code, to = changed[i]
    run = 1
    while len(to) == 1 and i + run < len(changed) and changed[i + run] == (code + run, [to[0] + run]):
        run += 1
    print(f'{code:X}{f"*{run:X}" if run > 1 else ""}:{" ".join(f"{c:X}" for c in to)}')
    i += run
