using System.Text;
using Postern.Blueprints.Nodes;
using YamlDotNet.Core;

namespace Postern.Blueprints.Reading;

/// <summary>Reads the text of a blueprint of format version 1. Never throws on bad input: every finding is a problem with its place.</summary>
public static class BlueprintReader
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file's bytes, which must be UTF-8.</summary>
    public static BlueprintReading Read(ReadOnlySpan<byte> file, BlueprintLimits? limits = null)
    {
        limits ??= BlueprintLimits.Default;
        if (file.Length > limits.MaxBytes) return BlueprintReading.Refused(TooLarge(limits));
        try
        {
            return Read(Utf8.GetString(file), limits);
        }
        catch (DecoderFallbackException)
        {
            return BlueprintReading.Refused("The file is not UTF-8 text.");
        }
    }

    /// <summary>Reads a text.</summary>
    public static BlueprintReading Read(string text, BlueprintLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= BlueprintLimits.Default;
        if (text.Length > limits.MaxBytes || Encoding.UTF8.GetByteCount(text) > limits.MaxBytes) return BlueprintReading.Refused(TooLarge(limits));
        if (Characters.FirstUnprintable(text) is { } problem) return new BlueprintReading(null, [problem], []);

        var problems = new ProblemList(limits.MaxProblems);
        var warnings = new ProblemList(limits.MaxProblems);
        var root = Parse(text, limits, problems);
        var blueprint = root is null ? null : new BlueprintShape(problems, warnings).Read(root);
        return new BlueprintReading(problems.Any ? null : blueprint, problems.All, warnings.All);
    }

    static BlueprintNode? Parse(string text, BlueprintLimits limits, ProblemList problems)
    {
        var scanner = new Scanner(new StringReader(text), skipComments: true);
        try
        {
            return new NodeReader(new Parser(scanner), limits, problems).ReadDocument();
        }
        catch (YamlException failure)
        {
            problems.Add(NodePlace.Root((int)failure.Start.Line, (int)failure.Start.Column), $"The YAML cannot be read: {failure.Message}");
        }
        // The parser lets these through for some malformed escapes, tags and anchors.
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            var place = scanner.CurrentPosition;
            problems.Add(NodePlace.Root((int)place.Line, (int)place.Column), $"The YAML cannot be read: {failure.Message}");
        }

        return null;
    }

    static string TooLarge(BlueprintLimits limits) => $"A blueprint may hold at most {limits.MaxBytes} bytes.";
}
