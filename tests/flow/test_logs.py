import io
import json
import logging

from watchfloor.flow.logs import NAME, to_stream


def test_a_line_of_the_log_is_one_object_with_what_was_given_beside() -> None:
    stream = io.StringIO()
    handler = to_stream(stream)
    logger = logging.getLogger(f"{NAME}.test")
    try:
        logger.info("two\nlines", extra={"job": "job_1"})
        try:
            raise ValueError("no")
        except ValueError:
            logger.exception("unforeseen")
    finally:
        logging.getLogger(NAME).removeHandler(handler)
        logging.getLogger(NAME).propagate = True

    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["message"], first["job"], first["level"]) == ("two\nlines", "job_1", "info")
    assert first["at"].endswith("Z")
    assert "ValueError: no" in second["error"]
