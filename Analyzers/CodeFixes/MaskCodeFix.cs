using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>
/// Says which bits of a guest's value may pass: those of the field or the register that it is given to, or those that a shift looks at. The hardware
/// gets what it got before; what is dropped can now be seen.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MaskCodeFix))]
[Shared]
public sealed class MaskCodeFix : CodeFixProvider
{
    private const string Title = "Mask with the bits that may pass";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.GuestValueReachesHardware, RuleIds.GuestValueAsShiftCount];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics) => await MaskAll(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && model is not null && MasksFor(root, model, diagnostic, context.CancellationToken).Any())
            {
                context.RegisterCodeFix(CodeAction.Create(Title, token => MaskAll(context.Document, [diagnostic], token), nameof(MaskCodeFix)), diagnostic);
            }
        }
    }

    private static async Task<Document> MaskAll(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        HashSet<SyntaxNode> masked = new();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            foreach ((ExpressionSyntax value, string mask) in MasksFor(editor.OriginalRoot, editor.SemanticModel, diagnostic, cancellationToken))
            {
                if (masked.Add(value))
                {
                    editor.ReplaceNode(value, (current, _) => Masked((ExpressionSyntax)current, mask));
                }
            }
        }

        return editor.GetChangedDocument();
    }

    private static ExpressionSyntax Masked(ExpressionSyntax value, string mask)
    {
        ExpressionSyntax operand = value.WithoutTrivia();
        if (operand is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or WithExpressionSyntax or SwitchExpressionSyntax)
        {
            operand = SyntaxFactory.ParenthesizedExpression(operand);
        }

        ExpressionSyntax masked = SyntaxFactory.ParseExpression(operand + " & " + mask);
        bool needsParentheses = value.Parent is BinaryExpressionSyntax;
        return (needsParentheses ? SyntaxFactory.ParenthesizedExpression(masked) : masked).WithTriviaFrom(value);
    }

    private static IEnumerable<(ExpressionSyntax Value, string Mask)> MasksFor(
        SyntaxNode root, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax reported)
        {
            return [];
        }

        if (diagnostic.Id == RuleIds.GuestValueAsShiftCount)
        {
            return OfShift(reported, model, cancellationToken);
        }

        if (RegisterTypes.In(model.Compilation) is not { } types)
        {
            return [];
        }

        RegisterFacts facts = new(types);
        return reported switch
        {
            WithExpressionSyntax with => OfFields(with.Initializer, model, facts, cancellationToken).Concat(OfValue(with.Expression, model, facts, cancellationToken)),
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => OfFields(initializer, model, facts, cancellationToken),
            BaseObjectCreationExpressionSyntax => OfValue(reported, model, facts, cancellationToken),
            _ => OfAccess(reported, model, types, facts, cancellationToken),
        };
    }

    /// <summary>C# looks at the low bits of a count alone.</summary>
    private static IEnumerable<(ExpressionSyntax Value, string Mask)> OfShift(ExpressionSyntax reported, SemanticModel model, CancellationToken cancellationToken)
    {
        for (SyntaxNode node = reported; node.Parent is { } parent && node is ExpressionSyntax value; node = parent)
        {
            (ExpressionSyntax Left, ExpressionSyntax Right)? shift = parent switch
            {
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LeftShiftExpression or (int)SyntaxKind.RightShiftExpression or (int)SyntaxKind.UnsignedRightShiftExpression } binary
                    => (binary.Left, binary.Right),
                AssignmentExpressionSyntax
                {
                    RawKind: (int)SyntaxKind.LeftShiftAssignmentExpression or (int)SyntaxKind.RightShiftAssignmentExpression or (int)SyntaxKind.UnsignedRightShiftAssignmentExpression
                } assignment => (assignment.Left, assignment.Right),
                _ => null,
            };
            if (shift is { } found && found.Right == node)
            {
                string? mask = model.GetTypeInfo(parent, cancellationToken).Type?.SpecialType switch
                {
                    SpecialType.System_Int32 or SpecialType.System_UInt32 => "31",
                    SpecialType.System_Int64 or SpecialType.System_UInt64 => "63",
                    _ => null,
                };
                return mask is null ? [] : [(value, mask)];
            }
        }

        return [];
    }

    /// <summary>The fields that are set to something that is no constant and is not masked yet.</summary>
    private static IEnumerable<(ExpressionSyntax Value, string Mask)> OfFields(
        InitializerExpressionSyntax initializer, SemanticModel model, RegisterFacts facts, CancellationToken cancellationToken)
    {
        foreach (AssignmentExpressionSyntax assignment in initializer.Expressions.OfType<AssignmentExpressionSyntax>())
        {
            if (model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol is IPropertySymbol { Type.SpecialType: SpecialType.System_UInt32 or SpecialType.System_UInt64 } field
                && facts.WidthOf(field, out _) is > 0 and < 64 and var width
                && !(field.Type.SpecialType == SpecialType.System_UInt32 && width == 32)
                && NeedsMask(assignment.Right, model, cancellationToken))
            {
                yield return (assignment.Right, Hex((1ul << width) - 1));
            }
        }
    }

    /// <summary>The number of which a register's value is made.</summary>
    private static IEnumerable<(ExpressionSyntax Value, string Mask)> OfValue(
        ExpressionSyntax expression, SemanticModel model, RegisterFacts facts, CancellationToken cancellationToken)
        => expression is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }
            && arguments[0].Expression is var value
            && model.GetTypeInfo(expression, cancellationToken).Type is { } register
            && facts.IsRegister(register)
            && MaskOf(register, facts) is { } mask
            && NeedsMask(value, model, cancellationToken)
        ? [(value, mask)]
        : [];

    /// <summary>What is written through a bus under the name of a register.</summary>
    private static IEnumerable<(ExpressionSyntax Value, string Mask)> OfAccess(
        ExpressionSyntax reported, SemanticModel model, RegisterTypes types, RegisterFacts facts, CancellationToken cancellationToken)
        => reported.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation }
            && model.GetOperation(invocation, cancellationToken) is IInvocationOperation call
            && BusAccess.Of(call, types) is { IsWrite: true, Value: { } written } access
            && written.Syntax == reported
            && access.Offset() is { } offset
            && RegisterBlocks.RegisterAt(offset, facts) is { } register
            && MaskOf(register, facts) is { } mask
            && NeedsMask(reported, model, cancellationToken)
        ? [(reported, mask)]
        : [];

    /// <summary>The bits of a register that a write reaches; null where the mask would let all pass, or would only align.</summary>
    private static string? MaskOf(ITypeSymbol register, RegisterFacts facts)
    {
        ulong writable = facts.Writable(register);
        ulong dropped = ~writable & (facts.WidthBits(register) > 32 ? ulong.MaxValue : uint.MaxValue);
        bool isSelective = (dropped & (dropped + 1)) != 0;
        return writable != 0 && isSelective ? Hex(writable) : null;
    }

    private static bool NeedsMask(ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
        => !model.GetConstantValue(value, cancellationToken).HasValue && value is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.BitwiseAndExpression };

    private static string Hex(ulong mask) => "0x" + mask.ToString("X", CultureInfo.InvariantCulture);
}
