"""Reading a chart: the request and the documents, exactly as they came."""

from indicated.chart.model import Bundle, Chart, Document, Request
from indicated.chart.read import read_chart
from indicated.chart.request import RequestParts

__all__ = ["Bundle", "Chart", "Document", "Request", "RequestParts", "read_chart"]
