namespace Postern.Directory.Tokens;

/// <summary>What applications may do in a user's name, kept by whoever issues it.</summary>
public interface IUserGrants
{
    /// <summary>Takes all of it back, in the caller's transaction.</summary>
    ValueTask RevokeAsync(int user, CancellationToken cancellation);
}
