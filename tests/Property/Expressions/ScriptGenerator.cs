using FsCheck;
using FsCheck.Fluent;

namespace Postern.Tests.Property.Expressions;

/// <summary>Generates scripts by the grammar: mostly well-formed, of random values, names and statements.</summary>
internal static class ScriptGenerator
{
    private static readonly string[] Atoms =
    [
        "0", "1", "-1", "2.5", "10**20", "'a'", "'é😀'", "''", "b'x'", "None", "True", "False", "[]", "{}", "()", "[1, 2]", "{'a': 1}", "{1, 2}", "x", "y", "z",
        "range(3)", "'{0} {1}'", "'%s %d'", "...", "int", "str", "ValueError", "len", "(lambda: 1)", "f'{x!r:>5}'", "r'\\d+'", "float('nan')", "slice(1)",
    ];

    private static readonly string[] Binary =
        ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<", "<=", "==", "!=", "in", "not in", "is", "is not", "and", "or", "<<", ">>", "**"];

    private static readonly string[] Calls =
    [
        "len({0})", "str({0})", "repr({0})", "int({0})", "list({0})", "sorted({0})", "sum({0})", "max({0}, {1})", "{0}.get({1})", "{0}.split({1})", "{0}.join({1})",
        "{0}.format({1})", "{0}.upper()", "{0}[{1}]", "{0}[{1}:]", "{0}[::{1}]", "isinstance({0}, {1})", "getattr({0}, {1}, None)", "{0}({1})", "dict({0})", "set({0})",
        "tuple({0})", "zip({0}, {1})", "list(map({0}, {1}))", "[i for i in {0} if {1}]", "{{i: i for i in {0}}}", "any(i == {1} for i in {0})", "f'{{{0}}}'", "({0} if {1} else x)",
        "(lambda a: a)({0})", "hash({0})", "bool({0})", "{0}.replace({1}, 'b')", "{0}.items()", "{0}.append({1})", "round({0}, {1})", "next(iter({0}), {1})", "__import__", "{0}.strip()",
        "re.sub({0}, {1}, 'abc')", "json.dumps({0})", "json.loads({0})", "format({0}, {1})", "type({0})", "(q := {0})", "not {0}", "-{0}", "[*{0}, {1}]", "print({0})",
    ];

    private static readonly string[] Statements =
    [
        "x = {0}", "y, *z = {0}", "x += {0}", "del y", "if {0}:\n{2}\nelse:\n{3}", "for y in {0}:\n{2}", "while {0}:\n    z = 1\n    break",
        "try:\n{2}\nexcept {1}:\n{3}", "try:\n{2}\nexcept Exception as e:\n    x = str(e)\nfinally:\n{3}", "def f(a, b={0}):\n{2}\n    return a\nx = f({1})", "raise {0}",
        "assert {0}, {1}", "return {0}", "yield {0}", "match {0}:\n    case [a, *b]:\n        x = a\n    case {{'a': c}}:\n        x = c\n    case _:\n        x = {1}", "x[{0}] = {1}", "import re, json", "pass", "global x",
        "with {0} as y:\n{2}", "class A: pass", "x: int = {0}", "lambda: {0}", "x.{1} = 1",
    ];

    public static Gen<string> Expression(int size) => size <= 0
        ? Gen.Elements(Atoms)
        : Gen.Frequency(
            (2, Gen.Elements(Atoms)),
            (3, from left in Expression(size / 2) from op in Gen.Elements(Binary) from right in Expression(size / 2) select $"({left} {op} {right})"),
            (4, from shape in Gen.Elements(Calls) from first in Expression(size / 2) from second in Expression(size / 2) select Fill(shape, first, second, "", "")));

    private static string Fill(string shape, string first, string second, string block, string other) => shape
        .Replace("{{", "\u0001", StringComparison.Ordinal).Replace("}}", "\u0002", StringComparison.Ordinal)
        .Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal)
        .Replace("{2}", block, StringComparison.Ordinal).Replace("{3}", other, StringComparison.Ordinal)
        .Replace('\u0001', '{').Replace('\u0002', '}');

    public static Gen<string> Block(int size) =>
        from count in Gen.Choose(1, size <= 0 ? 1 : 4)
        from lines in Gen.ListOf(Statement(size / 2), count)
        select string.Join('\n', lines);

    private static Gen<string> Statement(int size) =>
        from shape in Gen.Elements(Statements)
        from first in Expression(size)
        from second in Expression(size / 2)
        from block in size <= 0 ? Gen.Constant("pass") : Block(size / 2)
        from other in size <= 0 ? Gen.Constant("pass") : Block(size / 2)
        select Fill(shape, first, second, Indent(block), Indent(other));

    private static string Indent(string block) => "    " + block.Replace("\n", "\n    ", StringComparison.Ordinal);

    /// <summary>A script with characters of it struck out, doubled, swapped or replaced by noise.</summary>
    public static Gen<string> Damaged() =>
        from script in Block(8)
        from noise in Gen.ListOf(Gen.Elements(" \t\n()[]{}'\"\\#:;,.=+-*/%@!?0aé\0\u202e😀_fbru".Select(c => c.ToString()).ToArray()), 6)
        from places in Gen.ListOf(Gen.Choose(0, 10_000), 6)
        select places.Zip(noise).Aggregate(script, (text, p) => (p.First % 3) switch
        {
            0 => text.Insert(p.First % (text.Length + 1), p.Second),
            1 when text.Length > 0 => text.Remove(p.First % text.Length, 1),
            _ => text[(p.First % (text.Length + 1))..] + text[..(p.First % (text.Length + 1))],
        });

    /// <summary>Text of any characters at all.</summary>
    public static Gen<string> Noise() => Gen.ListOf(Gen.Choose(0, 0x2100)).Select(codes => string.Concat(codes.Select(c => (char)c)));
}
