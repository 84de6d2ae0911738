using Postern.Blueprints.Nodes;

namespace Postern.Tests.Unit.Blueprints.Reading;

/// <summary>Unquoted values get the type YAML 1.1 gives them.</summary>
public sealed class ScalarTests
{
    [Theory]
    [InlineData("True", ScalarKind.Boolean, "true")]
    [InlineData("yes", ScalarKind.Boolean, "true")]
    [InlineData("ON", ScalarKind.Boolean, "true")]
    [InlineData("off", ScalarKind.Boolean, "false")]
    [InlineData("No", ScalarKind.Boolean, "false")]
    [InlineData("y", ScalarKind.Text, "\"y\"")]
    [InlineData("tRue", ScalarKind.Text, "\"tRue\"")]
    [InlineData("~", ScalarKind.Null, "null")]
    [InlineData("NULL", ScalarKind.Null, "null")]
    [InlineData("", ScalarKind.Null, "null")]
    [InlineData("42", ScalarKind.Integer, "42")]
    [InlineData("-1_000", ScalarKind.Integer, "-1000")]
    [InlineData("010", ScalarKind.Integer, "8")]
    [InlineData("08", ScalarKind.Text, "\"08\"")]
    [InlineData("0o10", ScalarKind.Text, "\"0o10\"")]
    [InlineData("0x1F", ScalarKind.Integer, "31")]
    [InlineData("0b101", ScalarKind.Integer, "5")]
    [InlineData("12:30", ScalarKind.Integer, "750")]
    [InlineData("-1:00", ScalarKind.Integer, "-60")]
    [InlineData("123456789012345678901234567890", ScalarKind.Integer, "123456789012345678901234567890")]
    [InlineData("1.5", ScalarKind.Float, "1.5")]
    [InlineData("-.5", ScalarKind.Float, "-0.5")]
    [InlineData("1.0e+3", ScalarKind.Float, "1000")]
    [InlineData("1e3", ScalarKind.Text, "\"1e3\"")]
    [InlineData("1:30.5", ScalarKind.Float, "90.5")]
    [InlineData("2028-12-31", ScalarKind.Timestamp, "\"2028-12-31\"")]
    [InlineData("2028-12-31T23:59:59Z", ScalarKind.Timestamp, "\"2028-12-31T23:59:59Z\"")]
    [InlineData("2028-12-31 23:59:59", ScalarKind.Timestamp, "\"2028-12-31T23:59:59\"")]
    [InlineData("2001-12-14t21:59:43.10-05:00", ScalarKind.Timestamp, "\"2001-12-14T21:59:43.100000-05:00\"")]
    [InlineData("2001-12-14 21:59:43 +0", ScalarKind.Timestamp, "\"2001-12-14T21:59:43Z\"")]
    [InlineData("minutes=30", ScalarKind.Text, "\"minutes=30\"")]
    [InlineData("'42'", ScalarKind.Text, "\"42\"")]
    [InlineData("\"true\"", ScalarKind.Text, "\"true\"")]
    [InlineData("! 42", ScalarKind.Text, "\"42\"")]
    [InlineData("!!str 42", ScalarKind.Text, "\"42\"")]
    [InlineData("!!int \"42\"", ScalarKind.Integer, "42")]
    [InlineData("!!float 2", ScalarKind.Float, "2")]
    [InlineData("!!bool \"no\"", ScalarKind.Boolean, "false")]
    [InlineData("!!null \"\"", ScalarKind.Null, "null")]
    public void A_value_has_the_type_it_looks_like(string yaml, ScalarKind kind, string json)
    {
        var scalar = Sample.Value(yaml).ShouldBeOfType<ScalarNode>();

        scalar.Kind.ShouldBe(kind);
        (scalar.ToJson()?.ToJsonString() ?? "null").ShouldBe(json);
    }

    [Fact]
    public void Blocks_keep_and_fold_lines_as_yaml_does()
    {
        Sample.Value("|\n  a\n   b\n").ShouldBeOfType<ScalarNode>().Text.ShouldBe("a\n b\n");
        Sample.Value(">-\n  a\n  b\n").ShouldBeOfType<ScalarNode>().Text.ShouldBe("a b");
        Sample.Value("one\n  two").ShouldBeOfType<ScalarNode>().Text.ShouldBe("one two");
    }
}
