namespace Postern.Pages.Look;

/// <summary>Light, dark, or what the person's system says.</summary>
public enum Theme
{
    Automatic,
    Light,
    Dark,
}
