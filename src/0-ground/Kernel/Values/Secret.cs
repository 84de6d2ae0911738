namespace Postern.Kernel.Values;

/// <summary>A secret text: it prints as stars, so that it cannot slip into a log or an answer.</summary>
public readonly record struct Secret(string Reveal)
{
    public override string ToString() => "***";
}
