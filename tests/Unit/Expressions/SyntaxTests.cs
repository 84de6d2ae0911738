using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>What is refused, is refused with its name, line and column.</summary>
public sealed class SyntaxTests
{
    public static TheoryData<string, int, int, string> Refusals()
    {
        var data = new TheoryData<string, int, int, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Expressions", "refusals.txt")))
        {
            var parts = line.Split(" | ");
            data.Add(parts[0].Replace('~', '\n'), int.Parse(parts[1], null), int.Parse(parts[2], null), parts[3]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refuses_with_place(string source, int line, int column, string message)
    {
        var compilation = Script.Compile(source);
        compilation.Succeeded.ShouldBeFalse();
        var found = compilation.Diagnostics.ShouldHaveSingleItem();
        found.Message.ShouldBe(message);
        (found.Line, found.Column).ShouldBe((line, column));
        compilation.ErrorMessage.ShouldBe($"Expression Syntax Error: {message} (line {line}, column {column})");
    }

    [Theory]
    [InlineData("    x = 1\n    return x", "1")]
    [InlineData("\n\n  # comment\n  return 1\n", "1")]
    [InlineData("return 1\r\n", "1")]
    [InlineData("if True:\r\n  return 2\r\n", "2")]
    [InlineData("\uFEFFreturn 3", "3")]
    [InlineData("return (1,\n\n  2)", "(1, 2)")]
    [InlineData("x = 1 # note\nreturn x", "1")]
    [InlineData("return f'{\"a\"}'", "'a'")]
    [InlineData("return f\"{\"same\" + \"quotes\"}\"", "'samequotes'")]
    [InlineData("return f\"{{\"a\": 1}[\"a\"]}\"", null)]
    [InlineData("1 + 1", "None")]
    [InlineData("x = 1", "None")]
    public void Reads_the_layouts_people_paste(string source, string? expected)
    {
        if (expected is null)
            Script.Compile(source).Succeeded.ShouldBeFalse();
        else
            Snippets.Show(source).ShouldBe(expected);
    }

    [Fact]
    public void Bounds_the_depth_of_nesting()
    {
        foreach (var source in (string[])
            [
                "return " + new string('(', 5000) + "1" + new string(')', 5000), "return " + new string('[', 190) + new string(']', 190),
                "return " + string.Concat(Enumerable.Repeat("not ", 20_000)) + "1", "return " + new string('-', 20_000) + "1",
                "return " + string.Join("+", Enumerable.Repeat("1", 20_000)), "return x" + string.Concat(Enumerable.Repeat(".a", 20_000)),
                "return " + string.Concat(Enumerable.Repeat("1 if 1 else ", 5_000)) + "1", "return " + string.Concat(Enumerable.Repeat("lambda: ", 5_000)) + "1",
                "return x" + string.Concat(Enumerable.Repeat("[0]", 20_000)), "return x" + string.Concat(Enumerable.Repeat("()", 20_000)),
                "return " + string.Concat(Enumerable.Repeat("2 ** ", 10_000)) + "1",
                string.Concat(Enumerable.Range(0, 120).Select(i => new string(' ', i) + "if 1:\n")) + new string(' ', 121) + "pass",
                "return f'" + string.Concat(Enumerable.Repeat("{f\"", 20)) + "'",
            ])
        {
            var compilation = Script.Compile(source);
            compilation.Succeeded.ShouldBeFalse(source[..40]);
        }

        Script.Compile("return " + string.Join(" and ", Enumerable.Repeat("1", 10_000))).Succeeded.ShouldBeTrue();
        Script.Compile("return " + new string('(', 80) + "1" + new string(')', 80)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Bounds_the_length() => Script.Compile("x = 1\n" + new string('#', Script.MaxSourceLength)).Diagnostics[0].Code.ShouldBe("length");
}
