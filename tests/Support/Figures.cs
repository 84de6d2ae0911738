using System.Globalization;
using Xunit;

namespace Postern.Tests.Support;

/// <summary>What a fault test tried and what was lost by it; <c>./dev faults</c> prints and adds up what is told here.</summary>
public static class Figures
{
    /// <summary>Names a file that gets a line for each.</summary>
    const string Variable = "FAULT_FIGURES";

    static readonly Lock turn = new();

    /// <param name="fault">Its number, as the trait <c>Fault</c> has it.</param>
    /// <param name="what">What was done.</param>
    /// <param name="acknowledged">Writes that somebody was told are done.</param>
    /// <param name="lost">Those of them that were not there afterwards.</param>
    /// <param name="halfMade">Users without all that belongs to them.</param>
    /// <param name="usedTwice">Links, codes and tokens that were good more often than they may be.</param>
    public static void Tell(string fault, string what, long acknowledged = 0, long lost = 0, long halfMade = 0, long usedTwice = 0)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{fault}\t{acknowledged}\t{lost}\t{halfMade}\t{usedTwice}\t{what}");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
            return;
        lock (turn)
            File.AppendAllText(file, line + "\n");
    }
}
