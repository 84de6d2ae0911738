namespace Postern.Tests.Unit.Blueprints.Resolving;

/// <summary>Python's % formatting, value by value.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("[\"%s\", text]", "text")]
    [InlineData("[\"%s\", ~]", "None")]
    [InlineData("[\"%s %s\", true, false]", "True False")]
    [InlineData("[\"%s\", 1.0]", "1.0")]
    [InlineData("[\"%s\", 1000000000000000000.0]", "1e+18")]
    [InlineData("[\"%s\", 0.00001]", "1e-05")]
    [InlineData("[\"%s\", [a, 1, ~, {b: true}]]", "['a', 1, None, {'b': True}]")]
    [InlineData("[\"%r\", \"it's\"]", "\"it's\"")]
    [InlineData("[\"%5s|%-5s|%.2s\", ab, ab, abc]", "   ab|ab   |ab")]
    [InlineData("[\"%d %i %u\", 5, -6, true]", "5 -6 1")]
    [InlineData("[\"%d\", 7.9]", "7")]
    [InlineData("[\"%05d|%+d|% d|%-4d|\", 42, 42, 42, 42]", "00042|+42| 42|42  |")]
    [InlineData("[\"%05d\", -42]", "-0042")]
    [InlineData("[\"%.3d\", 7]", "007")]
    [InlineData("[\"%x %X %#x %o\", 255, 255, 255, 8]", "ff FF 0xff 10")]
    [InlineData("[\"%f %.1f %e %G\", 1.5, 2.25, 12345, 0.0001]", "1.500000 2.2 1.234500e+04 0.0001")]
    [InlineData("[\"%g %g\", 1000000.0, 1234567.0]", "1e+06 1.23457e+06")]
    [InlineData("[\"%c%c\", A, 66]", "AB")]
    [InlineData("[\"100%%\"]", "100%")]
    [InlineData("[5]", "5")]
    public async Task Values_are_formatted_as_python_does(string arguments, string expected) =>
        (await Sample.ResolveAsync($"!AtIndex [[!Format {arguments}], 0]")).ShouldBe(System.Text.Json.Nodes.JsonValue.Create(expected).ToJsonString());

    [Theory]
    [InlineData("[\"%s %s\", a]", "not enough arguments for format string")]
    [InlineData("[\"%s\", a, b]", "not all arguments converted during string formatting")]
    [InlineData("[\"%d\", a]", "%d format: a real number is required, not str")]
    [InlineData("[\"%x\", 1.5]", "%x format: an integer is required, not float")]
    [InlineData("[\"%f\", []]", "must be real number, not list")]
    [InlineData("[\"%c\", ab]", "%c requires int or char")]
    [InlineData("[\"%(app)s\", a]", "format requires a mapping")]
    [InlineData("[\"%y\", a]", "unsupported format character 'y' (0x79) at index 1")]
    [InlineData("[\"50%\"]", "incomplete format")]
    [InlineData("[\"%99999999s\", a]", "a width may be at most 1000")]
    public async Task What_does_not_fit_is_said_in_pythons_words(string arguments, string expected) =>
        (await Sample.FailAsync($"!Format {arguments}")).ShouldBe([$"Format: {expected}"]);
}
