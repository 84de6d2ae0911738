using FsCheck;
using FsCheck.Fluent;

namespace Postern.Tests.Property.Blueprints;

/// <summary>Makes texts that are nearly blueprints: a good one with pieces cut out, doubled, swapped or replaced, and soups of YAML tokens.</summary>
internal static class BlueprintText
{
    const string Good = """
        version: 1
        metadata:
          name: Sample
          labels: {blueprints.goauthentik.io/instantiate: "false"}
        context:
          base: &base {a: 1, b: [x, y]}
          more: {<<: *base, when: 2028-12-31T23:59:59Z, text: !Format ["%s-%d", !Context name, 5]}
        entries:
          - model: authentik_core.group
            id: staff
            state: created
            conditions: [!Condition [XOR, !Find [authentik_core.user, [name, x]], no]]
            identifiers: {name: !Env [NAME, "Staff"]}
            attrs:
              notes: |
                two
                lines
              list: !Enumerate [!Context base, MAP, [!Index 0, !Value 0]]
              pick: !AtIndex [!ParseJSON '[1, {"a": 2}]', 1, !File /none]
              made: !If [!KeyOf staff, [1, ~], >-
                folded]
            permissions:
              - permission: authentik_core.view_group
        """;

    static readonly string[] Tokens =
    [
        "\n", "\n  ", "\n    ", "- ", ": ", "? ", ", ", "[", "]", "{", "}", "&a ", "*a", "!KeyOf ", "!Env ", "!File ", "!Context ", "!Find ", "!FindObject ",
        "!Format ", "!Condition ", "!If ", "!Enumerate ", "!Index ", "!Value ", "!AtIndex ", "!ParseJSON ", "!!int ", "!<x> ", "! ", "| ", "> ", "|2-\n", "\"", "'", "#",
        "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x:\n", "<<", "version", "entries", "model", "context", "a.b", "AND", "SEQ", "MAP", "%s", "0", "-1", "1.5", "true", "~",
        "2028-12-31", "\\x", "\\u0000", "\\UFFFFFFFF", "\t", "\r", "\0", "\uFEFF", "\uD800", "é", "=", "@", "`", "1:60", "0x", "0b", ".inf", "-.nan",
    ];

    public static Arbitrary<string> Arbitrary() => Gen.OneOf(Mutated(), Soup(), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    static Gen<string> Soup() => Gen.Elements(Tokens).ListOf().Resize(60).Select(string.Concat);

    static Gen<string> Mutated() =>
        from edits in Edit().ListOf().Resize(6)
        select edits.Aggregate(Good, (text, edit) => edit(text));

    static Gen<Func<string, string>> Edit() =>
        from at in Gen.Choose(0, 10_000)
        from length in Gen.Choose(0, 40)
        from token in Gen.Elements(Tokens)
        from kind in Gen.Choose(0, 3)
        select (Func<string, string>)(text => Change(text, at % (text.Length + 1), length, token, kind));

    static string Change(string text, int at, int length, string token, int kind)
    {
        var end = Math.Min(text.Length, at + length);
        return kind switch
        {
            0 => text.Remove(at, end - at),
            1 => text.Insert(at, token),
            2 => string.Concat(text.AsSpan(0, at), token, text.AsSpan(end)),
            _ => text.Insert(at, text[at..end]),
        };
    }
}
