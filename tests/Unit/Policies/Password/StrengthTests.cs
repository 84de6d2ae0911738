using Postern.Policies.Password.Strength;

namespace Postern.Tests.Unit.Policies.Password;

/// <summary>Scores, logarithms of guesses and suggestions are those of zxcvbn 4.4.2 for the same passwords and user inputs in 2026.</summary>
public sealed class StrengthTests
{
    static readonly string[] Known = ["akadmin", "authentik Default Admin", "root@example.com"];

    [Theory]
    [InlineData("password", 0, 0.477121, "Add another word or two. Uncommon words are better.")]
    [InlineData("password1", 0, 2.278754, "Add another word or two. Uncommon words are better.")]
    [InlineData("Password1!", 1, 4.262831, "Add another word or two. Uncommon words are better.|Capitalization doesn't help very much")]
    [InlineData("P@ssw0rd", 0, 1.230449, "Add another word or two. Uncommon words are better.|Capitalization doesn't help very much|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("drowssap", 0, 0.69897, "Add another word or two. Uncommon words are better.|Reversed words aren't much harder to guess")]
    [InlineData("qwertyuiop", 0, 1.361728, "Add another word or two. Uncommon words are better.")]
    [InlineData("zxcvbnm,./", 1, 3.589838, "Add another word or two. Uncommon words are better.|Use a longer keyboard pattern with more turns")]
    [InlineData("qwER43@!", 2, 7.956508, "Add another word or two. Uncommon words are better.|Use a longer keyboard pattern with more turns")]
    [InlineData("Tr0ub4dour&3", 2, 7.280077, "Add another word or two. Uncommon words are better.|Capitalization doesn't help very much|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("correcthorsebatterystaple", 4, 14.436958, "")]
    [InlineData("coRrecth0rseba++ery9.23.2007staple$", 4, 20.711855, "")]
    [InlineData("D0g..................", 1, 5.645422, "Add another word or two. Uncommon words are better.|Avoid repeated words and characters")]
    [InlineData("abcdefghijk987654321", 1, 4.176091, "Add another word or two. Uncommon words are better.|Avoid sequences")]
    [InlineData("neverforget13/3/1997", 3, 9.692001, "")]
    [InlineData("1qaz2wsx3edc", 0, 3.000434, "Add another word or two. Uncommon words are better.")]
    [InlineData("temppass22", 1, 5.588272, "Add another word or two. Uncommon words are better.")]
    [InlineData("briansmith", 1, 4.176091, "Add another word or two. Uncommon words are better.")]
    [InlineData("briansmith4mayor", 4, 10.178977, "")]
    [InlineData("viking", 0, 2.38739, "Add another word or two. Uncommon words are better.")]
    [InlineData("thx1138", 0, 2.320146, "Add another word or two. Uncommon words are better.")]
    [InlineData("ScoRpi0ns", 1, 5.461895, "Add another word or two. Uncommon words are better.|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("do you know", 3, 9.000004, "")]
    [InlineData("ryanhunter2000", 3, 8.003245, "")]
    [InlineData("rianhunter2000", 3, 8.39794, "")]
    [InlineData("asdfghju7654rewq", 3, 8.965291, "")]
    [InlineData("AOEUIDHG&*()LS_", 3, 9.107258, "")]
    [InlineData("12345678", 0, 0.60206, "Add another word or two. Uncommon words are better.")]
    [InlineData("defghi6789", 1, 4.40824, "Add another word or two. Uncommon words are better.|Avoid sequences")]
    [InlineData("rosebud", 0, 2.434569, "Add another word or two. Uncommon words are better.")]
    [InlineData("Rosebud", 0, 2.7348, "Add another word or two. Uncommon words are better.|Capitalization doesn't help very much")]
    [InlineData("ROSEBUD", 0, 2.7348, "Add another word or two. Uncommon words are better.|All-uppercase is almost as easy to guess as all-lowercase")]
    [InlineData("rosebuD", 0, 2.7348, "Add another word or two. Uncommon words are better.")]
    [InlineData("ros3bud99", 1, 4.807535, "Add another word or two. Uncommon words are better.|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("r0s3bud99", 1, 5.073352, "Add another word or two. Uncommon words are better.|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("R0$38uD99", 2, 6.117536, "Add another word or two. Uncommon words are better.|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("verlineVANDERMARK", 4, 10.389181, "")]
    [InlineData("eheuczkqyq", 3, 10.0, "")]
    [InlineData("rWibMFACxAUGZmxhVncy", 4, 20.0, "")]
    [InlineData("Ba9ZyWABu99[BK#6MBgbH88Tofv)vs$w", 4, 32.0, "")]
    [InlineData("akadmin", 0, 0.30103, "Add another word or two. Uncommon words are better.")]
    [InlineData("akadmin2019", 1, 4.176091, "Add another word or two. Uncommon words are better.")]
    [InlineData("nimdaka", 0, 0.477121, "Add another word or two. Uncommon words are better.|Reversed words aren't much harder to guess")]
    [InlineData("a", 0, 1.079181, "Add another word or two. Uncommon words are better.")]
    [InlineData("aa", 0, 1.39794, "Add another word or two. Uncommon words are better.|Avoid repeated words and characters")]
    [InlineData("aaaaaaaaaaaa", 0, 2.161368, "Add another word or two. Uncommon words are better.|Avoid repeated words and characters")]
    [InlineData("abcabcabcabc", 0, 1.724276, "Add another word or two. Uncommon words are better.|Avoid repeated words and characters")]
    [InlineData("13.05.1985", 1, 4.777144, "Add another word or two. Uncommon words are better.|Avoid dates and years that are associated with you")]
    [InlineData("19850513", 1, 4.175106, "Add another word or two. Uncommon words are better.|Avoid dates and years that are associated with you")]
    [InlineData("5/13/85", 1, 4.777144, "Add another word or two. Uncommon words are better.|Avoid dates and years that are associated with you")]
    [InlineData("789632145", 1, 3.811374, "Add another word or two. Uncommon words are better.")]
    [InlineData("741852963", 0, 2.837588, "Add another word or two. Uncommon words are better.")]
    [InlineData("Summer2019!", 2, 7.441066, "Add another word or two. Uncommon words are better.|Capitalization doesn't help very much")]
    [InlineData("iloveyou2", 1, 3.608633, "Add another word or two. Uncommon words are better.")]
    [InlineData("l0v3", 0, 2.423246, "Add another word or two. Uncommon words are better.|Predictable substitutions like '@' instead of 'a' don't help very much")]
    [InlineData("1l1l1l", 0, 2.482874, "Add another word or two. Uncommon words are better.|Avoid repeated words and characters")]
    [InlineData("(@t", 0, 3.000434, "Add another word or two. Uncommon words are better.")]
    [InlineData("!@#$%^&*", 1, 3.781684, "Add another word or two. Uncommon words are better.|Use a longer keyboard pattern with more turns")]
    [InlineData("ZAQ!2wsx", 2, 6.062725, "Add another word or two. Uncommon words are better.")]
    [InlineData("letmein123", 1, 4.176091, "Add another word or two. Uncommon words are better.")]
    [InlineData("Zq7$kkP0!vvLm", 4, 13.0, "")]
    [InlineData("correct horse battery staple", 4, 20.330032, "")]
    [InlineData("ünïcödé", 2, 7.0, "Add another word or two. Uncommon words are better.")]
    [InlineData("trustno1", 0, 1.568202, "Add another word or two. Uncommon words are better.")]
    [InlineData("QWERTY", 0, 0.954243, "Add another word or two. Uncommon words are better.|All-uppercase is almost as easy to guess as all-lowercase")]
    [InlineData("aaaabbbbccccdddd", 3, 8.590407, "")]
    [InlineData("2468013579", 1, 4.420434, "Add another word or two. Uncommon words are better.")]
    [InlineData("zyxwvu", 0, 1.690196, "Add another word or two. Uncommon words are better.|Avoid sequences")]
    public void Estimates_as_the_published_method_does(string password, int score, double guessesLog10, string suggestions)
    {
        var estimate = EstimateStrength.Of(password, Known, thisYear: 2026);
        estimate.Score.ShouldBe(score);
        Math.Log10(estimate.Guesses).ShouldBe(guessesLog10, tolerance: 1e-5);
        string.Join('|', estimate.Suggestions).ShouldBe(suggestions);
    }

    [Fact]
    public void An_empty_password_is_the_worst() => EstimateStrength.Of("", [], thisYear: 2026).Score.ShouldBe(0);

    [Fact]
    public void A_password_of_nothing_but_look_alikes_is_still_estimated() =>
        EstimateStrength.Of(string.Concat(Enumerable.Repeat("4@8({[<3691!|70$5+%2", 4))[..72], [], thisYear: 2026).Score.ShouldBeInRange(0, 4);
}
