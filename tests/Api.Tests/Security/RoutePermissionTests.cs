using Fengsui.Api.DataPath;
using Fengsui.Api.OpenApi;
using Fengsui.Api.Security;
using Fengsui.Api.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace Fengsui.Api.Tests.Security;

/// <summary>Every route of the whole program says what it needs.</summary>
public sealed class RoutePermissionTests
{
    [Fact]
    public async Task Every_route_declares_its_permission_and_an_operation_of_its_own()
    {
        await using var server = TestServer.Create(context => new TelemetryDataPath(context));
        var routes = server.Host.Routes;

        Assert.True(routes.Count > 30, "the routes of the program are not all here");
        Assert.All(routes, route => Assert.NotEqual(Permission.Undeclared, RouteOperation.Of(route)?.Permission ?? Permission.Undeclared));
        var ids = routes.Select(route => RouteOperation.Of(route)!.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task What_changes_something_is_not_for_those_who_look()
    {
        await using var server = TestServer.Create(context => new TelemetryDataPath(context));
        foreach (var route in server.Host.Routes)
        {
            var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods;
            if (methods.All(method => method is "GET" or "HEAD") || RouteOperation.Of(route)!.ChangesNothing)
            {
                continue;
            }

            var permission = RouteOperation.Of(route)!.Permission;
            Assert.False(RolePermissions.Allows(Roles.Viewer | Roles.Auditor, permission), $"{route.RoutePattern.RawText} may be changed by viewers");
        }
    }

    [Fact]
    public void The_table_gives_every_permission_but_two_to_somebody_and_the_document_shows_it()
    {
        var document = File.ReadAllText(Repository.File("docs/api.md"));
        foreach (var permission in Enum.GetValues<Permission>().Where(permission => permission is not (Permission.Undeclared or Permission.Open)))
        {
            var roles = RolePermissions.RolesFor(permission);
            Assert.NotEqual(Roles.None, roles);
            var marks = RoleNames.All.Select(word => RoleNames.TryParse(word, out var role) && (roles & role) != 0 ? "x" : " ");
            Assert.Contains($"| `{permission.Name()}` | {string.Join(" | ", marks)} |", document, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Roles.None, Permission.ReadStatus, false)]
    [InlineData(Roles.All, Permission.Undeclared, false)]
    [InlineData(Roles.Gateway, Permission.WriteTelemetry, true)]
    [InlineData(Roles.Gateway, Permission.ReadAlerts, false)]
    [InlineData(Roles.Customs, Permission.ReadTelemetry, false)]
    [InlineData(Roles.Customs | Roles.Viewer, Permission.ReadTelemetry, true)]
    [InlineData(Roles.Admin, Permission.GrantAccess, false)]
    [InlineData(Roles.Engineer, Permission.ChangeRules, true)]
    [InlineData(Roles.Operator, Permission.ChangeRules, false)]
    public void One_role_of_those_named_suffices(Roles roles, Permission permission, bool isAllowed) => Assert.Equal(isAllowed, RolePermissions.Allows(roles, permission));
}
