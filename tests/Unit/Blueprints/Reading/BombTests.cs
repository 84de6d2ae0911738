using System.Globalization;
using System.Text;
using Postern.Blueprints;
using Postern.Blueprints.Reading;

namespace Postern.Tests.Unit.Blueprints.Reading;

/// <summary>Files made to exhaust the server end early, with a problem.</summary>
[Trait("Fault", "F20")]
public sealed class BombTests
{
    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var yaml = new StringBuilder("context:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) yaml.Append(CultureInfo.InvariantCulture, $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Sample.Problems(yaml.ToString()).ShouldHaveSingleItem().ShouldEndWith("Aliases expand to more than 8388608 values and characters.");
    }

    [Fact]
    public void A_long_text_repeated_by_alias_is_refused()
    {
        var yaml = $"context:\n  a: &a {new string('x', 100_000)}\n  b: [{string.Join(", ", Enumerable.Repeat("*a", 1000))}]\n";

        Sample.Problems(yaml).ShouldHaveSingleItem().ShouldEndWith("Aliases expand to more than 8388608 values and characters.");
    }

    [Fact]
    public void Merge_keys_count_as_aliases()
    {
        var wide = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"k{i}: 1"));
        var yaml = $"context:\n  a: &a {{{wide}}}\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"  b{i}: {{<<: *a}}\n"));

        Sample.Problems(yaml).ShouldHaveSingleItem().ShouldEndWith("Aliases expand to more than 8388608 values and characters.");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[\n")]
    [InlineData("a: [")]
    [InlineData("&a [")]
    public void Deep_nesting_is_refused(string piece)
    {
        var yaml = string.Concat(Enumerable.Repeat(piece, 900_000 / piece.Length));

        Sample.Problems(yaml).ShouldHaveSingleItem().ShouldEndWith("Values may be nested at most 64 deep.");
    }

    [Fact]
    public void Too_many_values_are_refused() =>
        Sample.Problems("context:\n" + string.Concat(Enumerable.Repeat("- a\n", 250_000))).ShouldHaveSingleItem().ShouldEndWith("A blueprint may hold at most 200000 values.");

    [Fact]
    public void A_large_file_is_refused_by_its_bytes()
    {
        var large = "context: " + new string('é', 600_000);

        Sample.Problems(large).ShouldBe(["1:1  A blueprint may hold at most 1048576 bytes."]);
        BlueprintReader.Read(Encoding.UTF8.GetBytes(large)).Problems.ShouldHaveSingleItem().Message.ShouldBe("A blueprint may hold at most 1048576 bytes.");
        BlueprintReader.Read(large, BlueprintLimits.Default with { MaxBytes = 2_000_000 }).Problems.ShouldHaveSingleItem().Message.ShouldBe("`context` is a map.");
    }

    [Fact]
    public void Long_keys_do_not_make_long_reports()
    {
        var key = new string('k', 900);
        var yaml = "context:\n" + string.Concat(Enumerable.Range(1, 40).Select(depth => $"{new string(' ', depth)}{key}:\n")) + new string(' ', 41) + "[!Nothing a, !Nothing b]\n";

        Sample.Problems(yaml).ShouldAllBe(problem => problem.Length < 600);
    }
}
