namespace Postern.Pages;

/// <summary>What a colour says.</summary>
public enum Tone
{
    Neutral,
    Primary,
    Info,
    Success,
    Warning,
    Danger,
}
