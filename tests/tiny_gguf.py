"""A tiny language model, written as GGUF with the standard library: 0.3 MB, no download.

A Llama of one layer and 64 dimensions with 262 tokens: the bytes, some special ones and one merge,
which loaders insist on. Its weights are random, but for a few channels:

    0        constant in every embedding, so a bias for each token in the output's head: likely
             letters, strings and lists that end, and an end; so that answers stay short
    1        after “[” comes “{”: a list of records is never empty
    2 to 4   only with `calls_tools`: a line ends, and the model opens a tool call, closes it after
             “}”, and ends; without them it never calls a tool, whatever a server offers

An answer that is valid JSON was made so by the server, never by the model.
"""

import random
import struct
from array import array
from itertools import starmap

WIDTH, HEADS, LAYERS, INNER = 64, 4, 1, 128
CONTEXT = 65_536
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<tool_call>", "</tool_call>"]
START, END, CALL, CALLED = 256, 258, 259, 260
NORMAL, CONTROL, OF_THE_USER = 1, 3, 4
MERGE = "th"
# What comes after what, as bytes or tokens.
OPENS_A_RECORD = (ord("["), ord("{"))
TOOL_USE = [(ord("\n"), CALL), (ord("}"), CALLED), (CALLED, END)]
TEMPLATE = """\
{%- macro turn(role, text) %}<|im_start|>{{ role }}
{{ text }}<|im_end|>
{% endmacro %}
{%- macro call(function) -%}
<tool_call>{"name": "{{ function.name }}", "arguments": {{ function.arguments | tojson }}}</tool_call>
{%- endmacro %}
{%- if tools %}<|im_start|>system
# Tools
<tools>{% for tool in tools %}
{{ tool | tojson }}{% endfor %}
</tools>
Call one in this form:
<tool_call>{"name": <function-name>, "arguments": <args-json-object>}</tool_call><|im_end|>
{% endif %}
{%- for message in messages %}
{%- if message.tool_calls %}<|im_start|>assistant
{% for each in message.tool_calls %}{{ call(each.function) }}{% endfor %}<|im_end|>
{% elif message.role == "tool" %}{{ turn("user", message.content) }}
{%- else %}{{ turn(message.role, message.content) }}{% endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""

# GGUF's types of values, and how struct writes those of a fixed size.
UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9
FORMATS = {UINT32: "<I", INT32: "<i", FLOAT32: "<f"}
ALIGNMENT = 32


def write_gguf(path, *, calls_tools=True, seed=0):
    """Write the model to `path` and return it."""
    tensors = _tensors(random.Random(seed), calls_tools)
    pairs = _metadata()
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(pairs))
    head += b"".join(
        _string(key) + struct.pack("<I", kind) + _value(kind, value) for key, kind, value in pairs
    )
    data = b""
    for name, rows in tensors.items():
        sizes = [len(rows[0]), len(rows)] if len(rows) > 1 else [len(rows[0])]  # innermost first
        head += _string(name)
        head += struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, 0, len(data))
        data += _padded(b"".join(row.tobytes() for row in rows))
    path.write_bytes(_padded(head) + data)
    return path


def _metadata():
    """Return GGUF's keys, types and values."""
    tokens = _tokens()
    kinds = [NORMAL] * 256 + [CONTROL] * 3 + [OF_THE_USER] * 2 + [NORMAL]
    llama = {
        "context_length": CONTEXT,
        "embedding_length": WIDTH,
        "block_count": LAYERS,
        "feed_forward_length": INNER,
        "attention.head_count": HEADS,
        "attention.head_count_kv": HEADS,
        "rope.dimension_count": WIDTH // HEADS,
        "vocab_size": len(tokens),
    }
    return [
        ("general.architecture", STRING, "llama"),
        ("general.alignment", UINT32, ALIGNMENT),
        *((f"llama.{key}", UINT32, value) for key, value in llama.items()),
        ("llama.attention.layer_norm_rms_epsilon", FLOAT32, 1e-5),
        ("tokenizer.ggml.model", STRING, "gpt2"),
        ("tokenizer.ggml.pre", STRING, "gpt-2"),
        ("tokenizer.ggml.tokens", ARRAY, (STRING, tokens)),
        ("tokenizer.ggml.token_type", ARRAY, (INT32, kinds)),
        ("tokenizer.ggml.merges", ARRAY, (STRING, [" ".join(MERGE)])),
        ("tokenizer.ggml.bos_token_id", UINT32, START),
        ("tokenizer.ggml.eos_token_id", UINT32, END),
        ("tokenizer.ggml.eot_token_id", UINT32, END),
        ("tokenizer.chat_template", STRING, TEMPLATE),
    ]


def _tokens():
    """Return the bytes in the alphabet of GPT-2, which has a printable letter for each, and more."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    alphabet = [chr(byte if byte in printable else next(others)) for byte in range(256)]
    return [*alphabet, *SPECIALS, MERGE]


def _tensors(rng, calls_tools):
    """Return the weights by name, as rows."""
    follows = [OPENS_A_RECORD, *(TOOL_USE if calls_tools else [])]
    reserved = 1 + len(follows)

    def weights(rows, columns, spread=None):
        spread = spread or columns**-0.5
        return [array("f", (rng.gauss(0, spread) for _ in range(columns))) for _ in range(rows)]

    def into_the_stream(columns):
        """Return weights that leave the reserved channels alone."""
        rows = weights(WIDTH, columns)
        return [array("f", [0] * columns)] * reserved + rows[reserved:]

    ones = [array("f", [1] * WIDTH)]
    tokens = len(_tokens())
    embedding, output = weights(tokens, WIDTH, 1.0), weights(tokens, WIDTH)
    _set_channels(embedding, output, follows)
    tensors = {"token_embd.weight": embedding, "output.weight": output, "output_norm.weight": ones}
    for layer in range(LAYERS):
        parts = {
            "attn_norm": ones,
            "attn_q": weights(WIDTH, WIDTH),
            "attn_k": weights(WIDTH, WIDTH),
            "attn_v": weights(WIDTH, WIDTH),
            "attn_output": into_the_stream(WIDTH),
            "ffn_norm": ones,
            "ffn_gate": weights(INNER, WIDTH),
            "ffn_up": weights(INNER, WIDTH),
            "ffn_down": into_the_stream(INNER),
        }
        tensors |= {f"blk.{layer}.{name}.weight": rows for name, rows in parts.items()}
    return tensors


def _set_channels(embedding, output, follows):
    for token, bias in enumerate(_biases()):
        embedding[token][0], output[token][0] = 4.0, bias / 3
    for channel, (before, after) in enumerate(follows, start=1):
        for token in range(len(embedding)):
            embedding[token][channel] = 8.0 if token == before else 0.0
            output[token][channel] = 8.0 if token == after else 0.0


def _biases():
    """Return how likely each token is by itself, whatever stands before it."""
    likely = {letter: 2.0 - 0.12 * rank for rank, letter in enumerate("etaoinshrdlucmfwypvbgkjqxz")}
    likely |= {letter.upper(): -1.0 for letter in likely}
    likely |= dict.fromkeys("0123456789", -0.5) | dict.fromkeys(".:-_{[", -1.5)
    likely |= {" ": 1.0, '"': 4.5, "}": -1.5, "]": -1.0, ",": -1.8}
    biases = [-9.0] * len(_tokens())
    for letter, bias in likely.items():
        biases[ord(letter)] = bias
    biases[END] = 2.0
    return biases


def _string(text):
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(kind, value):
    if kind == ARRAY:
        inner, values = value
        items = starmap(_value, ((inner, each) for each in values))
        return struct.pack("<IQ", inner, len(values)) + b"".join(items)
    return _string(value) if kind == STRING else struct.pack(FORMATS[kind], value)


def _padded(raw):
    return raw + bytes(-len(raw) % ALIGNMENT)
