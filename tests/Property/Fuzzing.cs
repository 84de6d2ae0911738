using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Postern.Tests.Property;

/// <summary>How long fuzzing goes on: <c>./dev test</c> tries a number of inputs, the same ones on every machine; <c>./dev fuzz</c> goes on for as long as it is told, with others each time.</summary>
static class Fuzzing
{
    static readonly double? Minutes = double.TryParse(Environment.GetEnvironmentVariable("POSTERN_FUZZ_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    public static ulong Seed() => Minutes is null ? 1 : (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>The numbers of the inputs; <paramref name="count"/> of them in <c>./dev test</c>.</summary>
    public static IEnumerable<int> Inputs(int count)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; Minutes is { } minutes ? clock.Elapsed.TotalMinutes < minutes : i < count; i++)
            yield return i;
    }
}
