"""Checks that a line of an outline asks only what the vocabulary can answer."""

from __future__ import annotations

from indicated.vocabulary.model import NUMBER, Vocabulary
from indicated.vocabulary.outline import Amount, Condition, Test, in_days
from indicated.vocabulary.text import Page, nearest


def check_condition(condition: Condition, vocabulary: Vocabulary, page: Page) -> None:
    """Note what is wrong with a line: an unknown word, value, unit or parameter."""
    if condition.word not in vocabulary.words:
        page.wrong(
            condition.line,
            f"“{condition.word}” is not in the vocabulary.",
            nearest(condition.word, vocabulary.words),
        )
        return
    check_test(condition.word, condition.test, condition.line, vocabulary, page)


def check_test(name: str, test: Test, line: int, vocabulary: Vocabulary, page: Page) -> None:
    """Note what is wrong with a test of a word."""
    word = vocabulary[name]
    if test.operator == "same as":
        if test.word not in vocabulary.words:
            page.wrong(line, f"“{test.word}” is not in the vocabulary.", nearest(test.word, vocabulary.words))
    elif test.operator == "is":
        known = values_of(name, vocabulary)
        for value in test.values:
            if known == NUMBER:
                page.wrong(
                    line,
                    f"“{name}” is a number, and “{value}” is none.",
                    "Write `at least 4` or `at most 4`.",
                )
            elif value not in known:
                page.wrong(line, f"“{value}” is no value of “{name}”.", nearest(value, known))
    elif values_of(name, vocabulary) != NUMBER:
        page.wrong(line, f"“{name}” is no number.", f"Write one of its values: {', '.join(word.values)}.")
    elif test.amount:
        _check_amount(test.amount, word.unit, line, vocabulary, page)
    if test.within:
        _check_amount(test.within, "days", line, vocabulary, page)


def values_of(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values that a test of the word may name, those of the words it is made from included."""
    word = vocabulary.words.get(name)
    if word is None:
        return ()
    if word.values:
        return word.values
    return tuple(
        dict.fromkeys(value for part in vocabulary.uses(name) for value in values_of(part, vocabulary))
    )


def _check_amount(amount: Amount, unit: str, line: int, vocabulary: Vocabulary, page: Page) -> None:
    if amount.parameter:
        parameter = vocabulary.parameters.get(amount.parameter)
        if parameter is None:
            page.wrong(
                line,
                f"“{amount.parameter}” is neither a number nor a parameter.",
                nearest(amount.parameter, vocabulary.parameters),
            )
            return
        amount = Amount(1, parameter.unit)
    if amount.unit != unit and (in_days(amount) is None or in_days(Amount(1, unit)) is None):
        meant = f"in {unit}" if unit else "without a unit"
        page.wrong(line, f"The unit “{amount.unit}” does not fit.", f"Write the number {meant}.")
