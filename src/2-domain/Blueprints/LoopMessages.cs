namespace Postern.Blueprints;

/// <summary>What <c>!Enumerate</c> says, at reading or at resolving, whichever sees it first.</summary>
internal static class LoopMessages
{
    public const string NotIterable = "Enumerate's iterable must be an iterable such as a sequence or a mapping";

    public const string ReferencesItself =
        "Enumerate tag's iterable references this tag's context. This is a noop. Check you are setting depth bigger than 0.";
}
