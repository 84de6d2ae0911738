using Postern.Directory.Users;

namespace Postern.Tests.Unit.Directory;

public sealed class UserFolderTests
{
    [Fact]
    public void Folders_of_folders_are_part_of_the_tree_and_counts_add_up()
    {
        var tree = FindFolders.Tree([("users", 3), ("users/berlin", 2), ("goauthentik.io/service-accounts", 1), ("users-old", 4)]);
        tree.Select(f => $"{f.Depth} {f.Path} {f.Count}").ShouldBe(["0 goauthentik.io 1", "1 goauthentik.io/service-accounts 1", "0 users 5", "1 users/berlin 2", "0 users-old 4"]);
        tree[3].Name.ShouldBe("berlin");
    }
}
