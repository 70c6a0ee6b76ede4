# Copyright 2026 The Tatami Authors.
# SPDX-License-Identifier: Apache-2.0
"""Places of a SystemVerilog file where a fault can be put: expressions that are evaluated while the hardware runs. What is
constant (parameters, ranges, loop bounds, generate conditions, case labels) and what only checks (assertions) is left out."""

import dataclasses
import pathlib
import re

from pyslang import syntax

Kind = syntax.SyntaxKind

EXCHANGED = {
    Kind.LogicalAndExpression: ("&&", "||"), Kind.LogicalOrExpression: ("||", "&&"), Kind.BinaryAndExpression: ("&", "|"),
    Kind.BinaryOrExpression: ("|", "&"), Kind.BinaryXorExpression: ("^", "|"), Kind.AddExpression: ("+", "-"),
    Kind.SubtractExpression: ("-", "+"), Kind.EqualityExpression: ("==", "!="), Kind.InequalityExpression: ("!=", "=="),
    Kind.LessThanExpression: ("<", "<="), Kind.LessThanEqualExpression: ("<=", "<"), Kind.GreaterThanExpression: (">", ">="),
    Kind.GreaterThanEqualExpression: (">=", ">"), Kind.LogicalShiftLeftExpression: ("<<", ">>"),
    Kind.LogicalShiftRightExpression: (">>", "<<"),
}
NEGATIONS = {Kind.UnaryLogicalNotExpression, Kind.UnaryBitwiseNotExpression}
ASSIGNMENTS = {Kind.AssignmentExpression, Kind.NonblockingAssignmentExpression}
ZERO = re.compile(r"(\d+'[bdh])?'?0+")
HANDSHAKE = re.compile(r"valid|ready|credit|grant|stall")
# Nothing below these is looked at: constants, types, times, and what only checks.
LEFT_OUT = {
    Kind.ParameterDeclarationStatement, Kind.ParameterPortList, Kind.ParameterValueAssignment, Kind.AnsiPortList,
    Kind.DataDeclaration, Kind.TypedefDeclaration, Kind.FunctionDeclaration, Kind.PackageDeclaration, Kind.ElementSelect,
    Kind.TimingControlStatement, Kind.ImmediateAssertStatement, Kind.ConcurrentAssertionMember, Kind.InitialBlock,
    Kind.InsideExpression, Kind.MultipleConcatenationExpression, Kind.EventControlWithExpression, Kind.LocalVariableDeclaration,
    Kind.ArrayOrRandomizeMethodExpression, Kind.InvocationExpression,
}


@dataclasses.dataclass
class Site:
    """A fault: these bytes of the file, what kind of fault, and what stands there instead. `begin` to `end` is the whole
    expression, which the choice replaces; `where` is the line of source that it begins in."""
    file: str
    line: int
    where: str
    begin: int
    end: int
    kind: str
    before: str
    after: str


def children(node):
    return [child for child in (node[index] for index in range(len(node))) if isinstance(child, syntax.SyntaxNode)]


def range_of(node):
    return node.sourceRange.start.offset, node.sourceRange.end.offset


class Finder:
    def __init__(self, path, root):
        self.file, self.bytes = path, (root / path).read_bytes()
        self.lines = [line.strip() for line in self.bytes.decode().split("\n")]
        self.tree = syntax.SyntaxTree.fromFile(str(root / path))
        self.sites = []
        self.arrays = set(self.unpacked(self.tree.root))
        self.visit(self.tree.root)

    def unpacked(self, node):
        """Names of what is declared as an unpacked array: it has no top bit."""
        if node.kind == Kind.Declarator and len(node.dimensions):
            yield node.name.valueText
        for child in children(node):
            yield from self.unpacked(child)

    def text(self, node):
        begin, end = range_of(node)
        return self.bytes[begin:end].decode()

    def add(self, node, kind, after):
        begin, end = range_of(node)
        if self.tree.sourceManager.isMacroLoc(node.sourceRange.start):
            return
        before = self.bytes[begin:end].decode()
        line = self.bytes[:begin].count(b"\n")
        self.sites.append(Site(self.file, line + 1, self.lines[line], begin, end, kind, before, after))

    def visit(self, node):
        kind = node.kind
        if kind in LEFT_OUT:
            if kind == Kind.TimingControlStatement:
                self.visit(node.statement)
            return
        if kind in (Kind.IfGenerate, Kind.ConditionalStatement):
            self.branches(node)
        elif kind == Kind.LoopGenerate:
            self.visit(node.block)
        elif kind == Kind.ForLoopStatement:
            self.visit(node.statement)
        elif kind in (Kind.StandardCaseItem, Kind.CastExpression):
            self.visit(node.clause if kind == Kind.StandardCaseItem else node.right)
        elif kind in ASSIGNMENTS:
            self.assignment(node)
        else:
            self.expression(node, kind)
            for child in children(node):
                self.visit(child)

    def branches(self, node):
        if node.kind == Kind.IfGenerate:
            self.visit(node.block)
        else:
            condition = node.predicate
            text = self.text(condition)
            self.add(condition, "reset" if text == "!rst_ni" else "condition", "1'b0")
            self.visit(condition)
            self.visit(node.statement)
        if node.elseClause:
            self.visit(node.elseClause)

    def assignment(self, node):
        if node.kind == Kind.NonblockingAssignmentExpression and node.left.kind == Kind.IdentifierName:
            target, value = self.text(node.left), self.text(node.right)
            if target not in self.arrays and "'{" not in value and not ZERO.fullmatch(value):
                top = f"$bits({target})'(1) << ($bits({target}) - 1)"
                self.add(node.right, "width", f"($bits({target})'({value}) & ~({top}))")
        self.visit(node.right)

    def expression(self, node, kind):
        text = self.text(node)
        if kind in EXCHANGED:
            was, becomes = EXCHANGED[kind]
            left, right = self.text(node.left), self.text(node.right)
            if kind == Kind.LogicalAndExpression and HANDSHAKE.search(right):
                self.add(node, "handshake", left)
            elif f" {was} " in f" {text} ":
                self.add(node, "operator", f"{left} {becomes} {right}")
        elif kind in NEGATIONS:
            self.add(node, "operator", self.text(node.operand))
        elif kind == Kind.ConditionalExpression:
            condition, left, right = self.text(node.predicate), self.text(node.left), self.text(node.right)
            self.add(node, "choice", f"{condition} ? {right} : {left}")
        elif kind == Kind.IntegerVectorExpression:
            match = re.fullmatch(r"(\d+)'([bdh])([0-9a-fA-F_]+)", text)
            if match:
                base, width = {"b": 2, "d": 10, "h": 16}[match[2]], int(match[1])
                value = (int(match[3].replace("_", ""), base) + 1) % (1 << width)
                self.add(node, "constant", f"{width}'d{value}")
        elif kind == Kind.UnbasedUnsizedLiteralExpression and text in ("'0", "'1"):
            self.add(node, "constant", "'1" if text == "'0" else "'0")


def find(path, root=pathlib.Path(".")):
    """All sites of a file."""
    return Finder(str(path), root).sites
