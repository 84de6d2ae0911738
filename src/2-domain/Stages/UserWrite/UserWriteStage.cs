using Postern.Directory.Users;
using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.UserWrite;

/// <summary>Creates or changes the account from what was entered.</summary>
public sealed class UserWriteStage : Stage
{
    public UserCreationMode UserCreationMode { get; set; } = UserCreationMode.CreateWhenRequired;

    public bool CreateUsersAsInactive { get; set; }

    public Guid? CreateUsersGroup { get; set; }

    public UserType UserType { get; set; } = UserType.External;

    public string UserPathTemplate { get; set; } = "";

    public static readonly ModelKind<UserWriteStage> Kind = StageKind.Declare<UserWriteStage>(
        "authentik_stages_user_write.userwritestage", "user_write", "ak-stage-user-write-form", "User Write Stage", static k =>
        {
            k.Describe("Writes what was entered to the account, creating it if need be.");
            k.Choice("user_creation_mode", s => s.UserCreationMode);
            k.Boolean("create_users_as_inactive", s => s.CreateUsersAsInactive).Help("When set, newly created users are inactive and cannot login.");
            k.Reference("create_users_group", s => s.CreateUsersGroup, "authentik_core.group").Help("Optionally add newly created users to this group.");
            k.Choice("user_type", s => s.UserType);
            k.Text("user_path_template", s => s.UserPathTemplate).Rule(UserPath.Refusal);
        });
}

/// <summary>Whether the stage may create accounts.</summary>
public enum UserCreationMode
{
    NeverCreate,
    CreateWhenRequired,
    AlwaysCreate,
}
