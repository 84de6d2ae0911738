namespace Postern.Policies.Expressions.Showing;

/// <summary>A script object that stands for an object of the product; the product gets the latter back.</summary>
public interface IShown
{
    object Subject { get; }
}
