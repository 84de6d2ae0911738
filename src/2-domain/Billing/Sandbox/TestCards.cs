namespace Postern.Billing.Sandbox;

/// <summary>What a test card does.</summary>
public enum CardBehavior
{
    /// <summary>Every payment succeeds.</summary>
    Succeeds,

    /// <summary>It is refused when it is entered.</summary>
    Declined,

    /// <summary>Its first payment must be confirmed by its owner, on a page of the bank; later ones succeed.</summary>
    NeedsConfirmation,

    /// <summary>It can be put on file, but no payment succeeds.</summary>
    FailsLater,
}

/// <summary>The cards of the sandbox. Others are refused, so that nobody's real card is entered.</summary>
public static class TestCards
{
    public const string Success = "4242424242424242";
    public const string Decline = "4000000000000002";
    public const string Confirm = "4000002500003155";
    public const string FailLater = "4000000000000341";

    public static readonly IReadOnlyDictionary<string, (CardBehavior Behavior, string Explanation)> All =
        new Dictionary<string, (CardBehavior, string)>(StringComparer.Ordinal)
        {
            [Success] = (CardBehavior.Succeeds, "succeeds"),
            [Decline] = (CardBehavior.Declined, "is declined"),
            [Confirm] = (CardBehavior.NeedsConfirmation, "asks for confirmation, then succeeds"),
            [FailLater] = (CardBehavior.FailsLater, "can be added, but payments fail"),
        };

    /// <summary>Digits in groups of four, as they are printed on cards.</summary>
    public static string Spaced(string number) => string.Join(' ', number.Chunk(4).Select(group => new string(group)));
}
