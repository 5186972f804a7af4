import pytest

from training.vocabulary import UNKNOWN, Vocabulary


def test_case_and_final_punctuation_do_not_matter(vocabulary):
    assert vocabulary.encode("Frontal  LEFT, effusion.") == [0, 1, 3]


def test_unknown_words_keep_their_place(vocabulary):
    assert vocabulary.encode("left huge nodule") == [1, UNKNOWN, 4]


def test_the_empty_prompt_has_no_words(vocabulary):
    assert vocabulary.encode(" ") == []


def test_read_skips_comments(tmp_path):
    path = tmp_path / "words"
    path.write_text("# words\nleft\n\nright\n")
    assert Vocabulary.read(path).words == ("left", "right")


@pytest.mark.parametrize("words, message", [(["a", "A"], "again: a"), ([""], "empty"), (["a b"], "blanks")])
def test_bad_vocabularies_are_refused(words, message):
    with pytest.raises(ValueError, match=message):
        Vocabulary(words)
